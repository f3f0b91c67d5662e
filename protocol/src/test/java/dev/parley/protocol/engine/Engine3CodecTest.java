package dev.parley.protocol.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways through the vectors of Engine.IO 3, and what random bytes and packets must not break. */
class Engine3CodecTest {
    private static final String ODD = "\0\1\2\3\4\u00ff0123456:b4";

    static Stream<Arguments> texts() {
        return Vectors.read("engine3.txt");
    }

    static Stream<Arguments> binaries() {
        return Vectors.read("engine3-binary.txt");
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void decodesAndEncodesEachTextPayload(String meaning, String payload) {
        if (meaning.equals("rejected")) {
            assertThatThrownBy(() -> Engine3Codec.decodePayload(payload, 10))
                    .isInstanceOf(MalformedPacketException.class);
        } else {
            var packets = Engine3Codec.decodePayload(payload, 10);
            assertThat(described(packets)).isEqualTo(meaning);
            assertThat(Engine3Codec.encodePayload(packets)).isEqualTo(payload);
        }
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void decodesAndEncodesEachBinaryPayload(String meaning, String hex) {
        byte[] payload = HexFormat.of().parseHex(hex.strip());
        if (meaning.equals("rejected")) {
            assertThatThrownBy(() -> Engine3Codec.decodeBinaryPayload(payload, 10))
                    .isInstanceOf(MalformedPacketException.class);
        } else {
            var packets = Engine3Codec.decodeBinaryPayload(payload, 10);
            assertThat(described(packets)).isEqualTo(meaning.strip());
            assertThat(Engine3Codec.encodeBinaryPayload(packets)).isEqualTo(payload);
        }
    }

    @Test
    void encodesAPayloadWithoutPackets() {
        assertThat(Engine3Codec.decodePayload("0:", 1)).isEmpty();
        assertThat(Engine3Codec.encodePayload(List.of())).isEqualTo("0:");
    }

    @Test
    void rejectsAPayloadWithMorePacketsThanAllowed() {
        assertThatThrownBy(() -> Engine3Codec.decodePayload("1:41:41:4", 2))
                .isInstanceOf(MalformedPacketException.class);
        byte[] three = HexFormat.of().parseHex("0001ff340001ff340001ff34");
        assertThatThrownBy(() -> Engine3Codec.decodeBinaryPayload(three, 2))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void binaryFrameBeginsWithItsType() {
        assertThat(Engine3Codec.encode(new EnginePacket.Binary(new byte[]{7, 8})))
                .isEqualTo(new byte[]{4, 7, 8});
        assertThat(Engine3Codec.decode(new byte[]{4, 7, 8}).data()).isEqualTo(new byte[]{7, 8});
        assertThatThrownBy(() -> Engine3Codec.decode(new byte[0]))
                .isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> Engine3Codec.decode(new byte[]{52, 7}))
                .isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyPayloadSurvivesEncodingAndDecoding(int seed) {
        var random = new Random(seed);
        var packets = new ArrayList<EnginePacket>();
        for (int i = 0; i <= random.nextInt(20); i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            packets.add(random.nextBoolean() ? new EnginePacket.Binary(bytes)
                    : new EnginePacket.Message(text(random)));
        }
        String payload = Engine3Codec.encodePayload(packets);
        assertThat(described(Engine3Codec.decodePayload(payload, packets.size())))
                .isEqualTo(described(packets));
        byte[] binary = Engine3Codec.encodeBinaryPayload(packets);
        assertThat(described(Engine3Codec.decodeBinaryPayload(binary, packets.size())))
                .isEqualTo(described(packets));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyBytesDecodeOrAreMalformed(int seed) {
        var random = new Random(seed);
        byte[] bytes = new byte[random.nextInt(64)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256)
                    : ODD.charAt(random.nextInt(ODD.length())));
        }
        assertThat(accepted(() -> Engine3Codec.decodeBinaryPayload(bytes, 8))).isLessThanOrEqualTo(8);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(accepted(() -> Engine3Codec.decodePayload(text, 8))).isLessThanOrEqualTo(8);
    }

    /** Returns the number of packets; empty if the payload is malformed. */
    private static int accepted(Supplier<List<EnginePacket>> decoding) {
        try {
            return decoding.get().size();
        } catch (MalformedPacketException e) {
            return 0;
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 0, 0x10ffff)
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String described(List<EnginePacket> packets) {
        return packets.stream()
                .map(EngineCodecTest::describe)
                .map(meaning -> meaning.equals("ping ") || meaning.equals("pong ") ? meaning.strip()
                        : meaning)
                .collect(Collectors.joining(";"));
    }
}
