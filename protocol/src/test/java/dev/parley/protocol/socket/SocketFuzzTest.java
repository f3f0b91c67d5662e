package dev.parley.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EnginePacket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The decoder of Socket.IO with the input of a fuzzer: it returns or rejects it in the one way allowed, stays within its limits, and what it
 * accepts survives encoding and does not make another client's decoder fail when relayed.
 */
class SocketFuzzTest {
    private static final SocketLimits LIMITS = new SocketLimits(3, 64, 6);
    private static final JsonFactory JSON = new JsonFactory();

    @FuzzTest
    void text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        var packet = decode(text);
        if (packet.isPresent()) {
            check(packet.get());
            var again = decode(packet.get());
            assertThat(again.map(SocketCodecTest::describe)).contains(SocketCodecTest.describe(packet.get()));
        }
    }

    /** Any mixture of text and binary messages. */
    @FuzzTest
    void stream(FuzzedDataProvider data) {
        var decoder = new SocketDecoder(LIMITS);
        try {
            while (data.remainingBytes() > 0) {
                var packet = data.consumeInt(0, 3) > 0
                        ? decoder.decode(new EnginePacket.Message(data.consumeString(60)))
                        : decoder.decode(new EnginePacket.Binary(data.consumeBytes(40)));
                packet.ifPresent(SocketFuzzTest::check);
            }
        } catch (MalformedPacketException e) {
            assertThat(e.getStackTrace()).isEmpty();
        }
    }

    private static Optional<SocketPacket> decode(String text) {
        var decoder = new SocketDecoder(LIMITS);
        try {
            var packet = decoder.decode(new EnginePacket.Message(text));
            for (int i = 0; packet.isEmpty(); i++) {
                assertThat(i).isLessThan(3);
                packet = decoder.decode(new EnginePacket.Binary(new byte[]{(byte) i}));
            }
            return packet;
        } catch (MalformedPacketException e) {
            assertThat(e.getStackTrace()).isEmpty();
            return Optional.empty();
        }
    }

    private static Optional<SocketPacket> decode(SocketPacket packet) {
        var decoder = new SocketDecoder(LIMITS);
        Optional<SocketPacket> last = Optional.empty();
        for (EnginePacket part : SocketEncoder.encode(packet)) {
            last = part instanceof EnginePacket.Message message ? decoder.decode(message)
                    : decoder.decode((EnginePacket.Binary) part);
        }
        return last;
    }

    private static void check(SocketPacket packet) {
        assertThat(packet.namespace()).startsWith("/");
        switch (packet) {
            case SocketPacket.Event event -> check(event.arguments());
            case SocketPacket.Ack ack -> check(ack.arguments());
            case SocketPacket.Connect connect -> {
                if (connect.json() != null) {
                    walk(connect.json(), 0);
                }
            }
            case SocketPacket.ConnectError error -> walk(error.json(), 0);
            case SocketPacket.Disconnect disconnect -> {}
        }
    }

    private static void check(Arguments arguments) {
        assertThat(arguments.attachments()).hasSizeLessThanOrEqualTo(3);
        assertThat(arguments.attachments().stream().mapToInt(bytes -> bytes.length).sum())
                .isLessThanOrEqualTo(64);
        walk(arguments.json(), arguments.attachments().size());
    }

    /** Reads the JSON another way; every placeholder has to point at an attachment, as the published clients insist. */
    private static void walk(String json, int attachments) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            value(parser, attachments, 1);
            assertThat(parser.nextToken()).isNull();
        }
    }

    private static void value(JsonParser parser, int attachments, int depth) {
        var token = parser.currentToken();
        if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
            assertThat(depth).isLessThanOrEqualTo(6);
        }
        if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                value(parser, attachments, depth + 1);
            }
        } else if (token == JsonToken.START_OBJECT) {
            // Of a repeated name the last one counts, as in JavaScript.
            boolean marked = false;
            boolean fits = false;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                var next = parser.nextToken();
                if (name.equals("_placeholder")) {
                    marked = next == JsonToken.VALUE_TRUE;
                } else if (name.equals("num")) {
                    fits = next.isNumeric() && parser.getDoubleValue() >= 0
                            && parser.getDoubleValue() < attachments;
                }
                value(parser, attachments, depth + 1);
            }
            assertThat(attachments == 0 || !marked || fits).as("a placeholder of an attachment").isTrue();
        }
    }
}
