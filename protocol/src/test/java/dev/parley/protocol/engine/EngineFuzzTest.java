package dev.parley.protocol.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.protocol.MalformedPacketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * Each decoder of Engine.IO with the bytes of a fuzzer: it returns or rejects them in the one way allowed, stays within its limits, and what
 * it accepted comes back the same when written and read again. An ordinary build runs the saved inputs; {@code build/fuzz} searches.
 */
class EngineFuzzTest {
    private static final int MAX = 8;

    @FuzzTest
    void payload(byte[] bytes) {
        var packets = accepted(() -> EngineCodec.decodePayload(text(bytes), MAX));
        if (!packets.isEmpty()) {
            assertSame(packets, EngineCodec.decodePayload(EngineCodec.encodePayload(packets), MAX));
        }
    }

    @FuzzTest
    void payloadOfRevision3(byte[] bytes) {
        var packets = accepted(() -> Engine3Codec.decodePayload(text(bytes), MAX));
        assertSame(packets, Engine3Codec.decodePayload(Engine3Codec.encodePayload(packets), MAX));
    }

    @FuzzTest
    void binaryPayloadOfRevision3(byte[] bytes) {
        var packets = accepted(() -> Engine3Codec.decodeBinaryPayload(bytes, MAX));
        if (!packets.isEmpty()) {
            assertSame(packets,
                    Engine3Codec.decodeBinaryPayload(Engine3Codec.encodeBinaryPayload(packets), MAX));
        }
    }

    @FuzzTest
    void frame(byte[] bytes) {
        for (EnginePacket packet : accepted(() -> List.of(EngineCodec.decode(text(bytes))))) {
            assertSame(List.of(packet), List.of(EngineCodec.decode(EngineCodec.encode(packet))));
        }
        for (EnginePacket packet : accepted(() -> List.of(Engine3Codec.decode(text(bytes))))) {
            assertSame(List.of(packet), List.of(Engine3Codec.decode(Engine3Codec.encode(packet))));
        }
        for (EnginePacket packet : accepted(() -> List.of(Engine3Codec.decode(bytes)))) {
            assertThat(Engine3Codec.encode((EnginePacket.Binary) packet)).isEqualTo(bytes);
        }
    }

    @FuzzTest
    void formOfAPage(byte[] bytes) {
        String form = text(bytes);
        int length = 0;
        try {
            length = Jsonp.payload(form).length();
        } catch (MalformedPacketException e) {
            assertThat(e.getStackTrace()).isEmpty();
        }
        assertThat(length).isLessThanOrEqualTo(form.length());
    }

    /** Whatever is handed to a page comes out of its string literal as it went in, and nothing in it ends literal or script. */
    @FuzzTest
    void scriptForAPage(byte[] bytes) {
        String payload = text(bytes);
        String script = Jsonp.script("7", payload);
        assertThat(script).startsWith("___eio[7](\"").endsWith("\");");
        String literal = script.substring(11, script.length() - 3);
        assertThat(literal).doesNotContain("<", ">", "\n", "\r", "\u2028", "\u2029");
        assertThat(evaluated(literal)).isEqualTo(payload);
    }

    /** A JavaScript string literal's content; fails at a quote that would end it. */
    private static String evaluated(String literal) {
        var plain = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            assertThat(c).isNotEqualTo('"');
            if (c != '\\') {
                plain.append(c);
            } else if (literal.charAt(i + 1) == 'u') {
                plain.append((char) Integer.parseInt(literal.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                plain.append(literal.charAt(++i));
            }
        }
        return plain.toString();
    }

    /** The packets; none when they were rejected. Anything but the one exception fails the test. */
    private static List<EnginePacket> accepted(Supplier<List<EnginePacket>> decoding) {
        try {
            var packets = decoding.get();
            assertThat(packets).hasSizeLessThanOrEqualTo(MAX);
            return packets;
        } catch (MalformedPacketException e) {
            assertThat(e.getStackTrace()).isEmpty();
            return List.of();
        }
    }

    private static void assertSame(List<EnginePacket> before, List<EnginePacket> after) {
        assertThat(after.stream().map(EngineCodecTest::describe).toList())
                .isEqualTo(before.stream().map(EngineCodecTest::describe).toList());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
