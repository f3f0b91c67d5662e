package dev.parley.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.Vectors;
import dev.parley.protocol.engine.EnginePacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ways through {@code vectors/socket.txt}, attachments one by one, and what no bytes may break. */
class SocketCodecTest {
    private final SocketDecoder decoder = new SocketDecoder(new SocketLimits(64, 1_000, 20));

    static Stream<org.junit.jupiter.params.provider.Arguments> vectors() {
        return Vectors.read("socket.txt");
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void decodesAndEncodesEachVector(String meaning, String text) {
        if (meaning.equals("rejected")) {
            assertThatThrownBy(() -> decoder.decode(new EnginePacket.Message(text)))
                    .isInstanceOf(MalformedPacketException.class);
            return;
        }
        Optional<SocketPacket> packet = decoder.decode(new EnginePacket.Message(text));
        byte next = 1;
        while (packet.isEmpty()) {
            packet = decoder.decode(new EnginePacket.Binary(new byte[]{next++}));
        }
        assertThat(describe(packet.get())).isEqualTo(meaning);
        var written = SocketEncoder.encode(packet.get());
        assertThat(written.getFirst()).isEqualTo(new EnginePacket.Message(text));
        assertThat(written).hasSize(next);
    }

    @Test
    void rejectsUnexpectedTextsAndAttachments() {
        assertThatThrownBy(() -> decoder.decode(new EnginePacket.Binary(new byte[1])))
                .isInstanceOf(MalformedPacketException.class);
        decoder.decode(new EnginePacket.Message("51-[\"a\",{\"_placeholder\":true,\"num\":0}]"));
        assertThatThrownBy(() -> decoder.decode(new EnginePacket.Message("2[\"a\"]")))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void limitsBytesOfAttachments() {
        decoder.decode(new EnginePacket.Message("52-[\"a\",{\"_placeholder\":true,\"num\":0}]"));
        decoder.decode(new EnginePacket.Binary(new byte[600]));
        assertThatThrownBy(() -> decoder.decode(new EnginePacket.Binary(new byte[600])))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void limitsTheDepthOfJson() {
        assertThat(decoder.decode(nested(19))).isPresent();
        assertThatThrownBy(() -> decoder.decode(nested(20))).isInstanceOf(MalformedPacketException.class);
        assertThatThrownBy(() -> decoder.decode(nested(50_000))).isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"[\"plain\",1]|plain", "[\"\"]|``",
            "[ \"spaced\" ]|spaced", "[\"a\\u0042\"]|aB", "[\"\\u0041\",\"\\\\\"]|A", "[12]|12",
            "[\"grüße\"]|grüße", "[{}]|``"})
    void decodesTheNameOfAnEvent(String json, String name) {
        assertThat(Arguments.of(json).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyPacketSurvivesEncodingAndDecoding(int seed) {
        var random = new Random(seed);
        var attachments = new ArrayList<byte[]>();
        var json = new StringBuilder("[\"name\"");
        for (int i = 0; i < random.nextInt(5); i++) {
            byte[] bytes = new byte[random.nextInt(100)];
            random.nextBytes(bytes);
            json.append(",{\"_placeholder\":true,\"num\":").append(attachments.size()).append('}');
            attachments.add(bytes);
        }
        var packet = new SocketPacket.Event(random.nextBoolean() ? "/" : "/room",
                random.nextBoolean() ? null : (long) random.nextInt(1_000_000),
                new Arguments(json.append(']').toString(), attachments));
        assertThat(decodeAll(SocketEncoder.encode(packet)).map(SocketCodecTest::describe))
                .contains(describe(packet));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyTextDecodesOrIsMalformed(int seed) {
        var random = new Random(seed);
        String alphabet = "0123456-/,[]{}\"\\:truefalsn_placeholder.eE+ \u0000é";
        var text = new StringBuilder();
        for (int i = 0; i < random.nextInt(60); i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        Optional<SocketPacket> packet = Optional.empty();
        try {
            packet = decoder.decode(new EnginePacket.Message(text.toString()));
        } catch (MalformedPacketException e) {
            assertThat(e.getStackTrace()).isEmpty();
        }
        // An accepted packet can be written, and read again as the same.
        packet.ifPresent(p -> assertThat(decodeAll(SocketEncoder.encode(p)).map(SocketCodecTest::describe))
                .contains(describe(p)));
        assertThat(text.length()).isLessThan(60);
    }

    private Optional<SocketPacket> decodeAll(List<EnginePacket> packets) {
        Optional<SocketPacket> last = Optional.empty();
        for (EnginePacket packet : packets) {
            last = switch (packet) {
                case EnginePacket.Message message -> decoder.decode(message);
                case EnginePacket.Binary binary -> decoder.decode(binary);
                default -> throw new IllegalStateException("not a message");
            };
        }
        return last;
    }

    private static EnginePacket.Message nested(int depth) {
        return new EnginePacket.Message("2[\"a\"," + "[".repeat(depth) + "]".repeat(depth) + "]");
    }

    static String describe(SocketPacket packet) {
        return switch (packet) {
            case SocketPacket.Connect c ->
                "connect " + c.namespace() + " " + (c.json() == null ? "-" : c.json());
            case SocketPacket.Disconnect d -> "disconnect " + d.namespace();
            case SocketPacket.Event e -> "event " + e.namespace() + " "
                    + (e.ackId() == null ? "-" : e.ackId()) + " " + describe(e.arguments());
            case SocketPacket.Ack a ->
                "ack " + a.namespace() + " " + a.ackId() + " " + describe(a.arguments());
            case SocketPacket.ConnectError e -> "error " + e.namespace() + " " + e.json();
        };
    }

    private static String describe(Arguments arguments) {
        int count = arguments.attachments().size();
        return arguments.json() + (count == 0 ? "" : " +" + count);
    }
}
