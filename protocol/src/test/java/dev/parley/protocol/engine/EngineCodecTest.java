package dev.parley.protocol.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways through {@code vectors/engine.txt}, and what random bytes and packets must not break. */
class EngineCodecTest {
    static Stream<Arguments> vectors() {
        return Vectors.read("engine.txt");
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decodesAndEncodesEachVector(String meaning, String frame) {
        if (meaning.equals("rejected")) {
            assertThatThrownBy(() -> EngineCodec.decode(frame)).isInstanceOf(MalformedPacketException.class);
        } else {
            var packet = EngineCodec.decode(frame);
            assertThat(describe(packet)).isEqualTo(meaning);
            assertThat(EngineCodec.encode(packet)).isEqualTo(frame);
        }
    }

    @Test
    void separatesThePacketsOfAPayload() {
        var packets = EngineCodec.decodePayload("4a\u001e2\u001ebAQ==\u001e4", 4);
        assertThat(packets.stream().map(EngineCodecTest::describe)).containsExactly("message a", "ping ",
                "binary 01", "message ");
        assertThat(EngineCodec.encodePayload(packets)).isEqualTo("4a\u001e2\u001ebAQ==\u001e4");
    }

    /** As the published Java client writes it. */
    @Test
    void takesBase64InLines() {
        assertThat(
                EngineCodec.decodePayload("bAQID\nBA==\n\u001e4a", 2).stream().map(EngineCodecTest::describe))
                .containsExactly("binary 01020304", "message a");
        assertThat(describe(Engine3Codec.decode("b4AQID\nBA==\n"))).isEqualTo("binary 01020304");
    }

    @Test
    void rejectsAPayloadWithMorePacketsThanAllowed() {
        assertThatThrownBy(() -> EngineCodec.decodePayload("4\u001e4\u001e4", 2))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void rejectsAPayloadWithAnEmptyPacket() {
        for (String payload : List.of("", "\u001e", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b")) {
            assertThatThrownBy(() -> EngineCodec.decodePayload(payload, 10))
                    .isInstanceOf(MalformedPacketException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyPayloadSurvivesEncodingAndDecoding(int seed) {
        var random = new Random(seed);
        var packets = new ArrayList<EnginePacket>();
        for (int i = 0; i <= random.nextInt(20); i++) {
            byte[] bytes = new byte[random.nextInt(50)];
            random.nextBytes(bytes);
            packets.add(random.nextBoolean() ? new EnginePacket.Binary(bytes)
                    : new EnginePacket.Message(text(random)));
        }
        String payload = EngineCodec.encodePayload(packets);
        assertThat(EngineCodec.decodePayload(payload, packets.size()).stream().map(EngineCodecTest::describe))
                .containsExactlyElementsOf(packets.stream().map(EngineCodecTest::describe).toList());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyTextDecodesOrIsMalformed(int seed) {
        var random = new Random(seed);
        String text = "0123456b\u001e{}\"".chars()
                .mapToObj(c -> text(random) + (char) c)
                .reduce("", String::concat);
        int packets = 0;
        try {
            packets = EngineCodec.decodePayload(text, 100).size();
        } catch (MalformedPacketException e) {
            assertThat(e).hasMessageNotContaining(text);
        }
        assertThat(packets).isLessThanOrEqualTo(100);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 0, 0x10ffff)
                .filter(c -> c != EngineCodec.SEPARATOR)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static String describe(EnginePacket packet) {
        return switch (packet) {
            case EnginePacket.Open open -> "open " + open.json();
            case EnginePacket.Close close -> "close";
            case EnginePacket.Ping ping -> "ping " + ping.data();
            case EnginePacket.Pong pong -> "pong " + pong.data();
            case EnginePacket.Message message -> "message " + message.text();
            case EnginePacket.Binary binary -> "binary " + Vectors.hex(binary.data());
            case EnginePacket.Upgrade upgrade -> "upgrade";
            case EnginePacket.Noop noop -> "noop";
        };
    }
}
