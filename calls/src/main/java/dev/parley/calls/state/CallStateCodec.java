package dev.parley.calls.state;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the state of a call as bytes, and reads it: one byte with the version of the format, then JSON. A server reads its own version and
 * the one before. Members that are missing have a default and unknown ones are ignored, so that most changes need no new version. Stateless.
 */
public final class CallStateCodec {

    /** Version that is written. */
    static final int VERSION = 1;

    /** Maximum size of a state, in bytes. Of a larger one, the oldest events and then the oldest turns are left out, and more if need be. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final int OLDEST_VERSION = 1;
    private static final int MAX_DEPTH = 16;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build()).build();

    private CallStateCodec() {}

    /**
     * Writes a state of at most {@value #MAX_BYTES} bytes.
     *
     * @throws IllegalArgumentException if it is larger without all that can be left out
     */
    public static byte[] encode(CallState state) {
        ObjectNode json = StateWriter.json(state);
        byte[] body = body(json);
        while (body.length >= MAX_BYTES && StateWriter.shorten(json)) {
            body = body(json);
        }
        if (body.length >= MAX_BYTES) {
            throw new IllegalArgumentException("the state of a call has " + body.length + " bytes");
        }
        byte[] bytes = new byte[body.length + 1];
        bytes[0] = VERSION;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }

    private static byte[] body(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a state.
     *
     * @throws MalformedStateException if the bytes are too many, of another version, or no state
     */
    public static CallState decode(byte[] bytes) throws MalformedStateException {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new MalformedStateException("the state of a call has " + bytes.length + " bytes");
        }
        if (bytes[0] < OLDEST_VERSION || bytes[0] > VERSION) {
            throw new MalformedStateException("the state of a call has version " + bytes[0]);
        }
        try {
            return StateReader.state(JSON.readTree(bytes, 1, bytes.length - 1));
        } catch (JacksonException notJson) {
            throw new MalformedStateException("the state of a call is no JSON");
        }
    }
}
