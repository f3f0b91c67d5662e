package dev.parley.protocol.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.PlainText;
import dev.parley.protocol.engine.TextFrames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event of a name and a plain string takes a way of its own through all layers; it must end where the common one does. */
class PlainEventTest {
    private static final String PIECES = "\"\"\"\\,,[]{}:/ -0123459b\n\u0001\u001e\u007f\u00e9\u20ac";
    private static final String LONG = "bG9uZyBlbm91Z2ggdG8gYmUgd29ydGggaXQsIGFzIGF1ZGlvIGlzLCBhbmQgdGhlbiBzb21l"
            .repeat(2);

    private final TextFrames frames = new TextFrames();

    @Test
    void splitsAroundItsString() {
        var message = known("42[\"audio\",\"" + LONG + "\"]");
        assertThat(message.before()).isEqualTo("2[\"audio\",\"");
        assertThat(message.plain()).isEqualTo(LONG);
        assertThat(message.after()).isEqualTo("\"]");
        assertThat(message).isEqualTo(new EnginePacket.Message("2[\"audio\",\"" + LONG + "\"]"))
                .hasSameHashCodeAs(new EnginePacket.Message(message.text()));
    }

    /** The constant part of a stream's messages is the same object in each. */
    @Test
    void recurringMessagesAreShared() {
        var first = known("42[\"audio\",\"" + LONG + "\"]");
        var second = known("42[\"audio\",\"" + LONG.replace('b', 'c') + "\"]");
        assertThat(second.before()).isSameAs(first.before());
        String announced = "451-[\"audio\",{\"_placeholder\":true,\"num\":0}]";
        assertThat(decode(announced)).isNotNull().isSameAs(decode(announced));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2probe", "5", "", "4", "42[\"\u00e9\"]", "b4AAAA"})
    void otherFramesAreLeftToTheCodec(String text) {
        assertThat(decode(text)).isNull();
    }

    @Test
    void equalsTheResultOfTheCodec() {
        var random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            String namespace = random.nextInt(3) == 0 ? "/ns," : "";
            String id = random.nextInt(3) == 0 ? "17" : "";
            var text = new StringBuilder("42" + namespace + id + "[\"audio\",\"" + LONG + "\"]");
            for (int change = random.nextInt(4); change > 0; change--) {
                // Mostly where the structure is.
                int at = random.nextInt(4) == 0 ? random.nextInt(text.length())
                        : random.nextBoolean() ? random.nextInt(Math.min(24, text.length()))
                                : text.length() - 1 - random.nextInt(Math.min(4, text.length()));
                char piece = PIECES.charAt(random.nextInt(PIECES.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, piece);
                    case 1 -> text.insert(at, piece);
                    default -> text.deleteCharAt(at);
                }
            }
            String common = meaning(new EnginePacket.Message(text.substring(1)));
            assertThat(text.charAt(0) != '4' ? common : meaning(frame(text.toString())))
                    .as("a frame: " + text)
                    .isEqualTo(common);
            assertThat(text.charAt(0) != '4' ? common : meaning(EngineCodec.decode(text.toString())))
                    .as("a payload: " + text)
                    .isEqualTo(common);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"/|2[\"e\",\"t\"]", "/ns|2/ns,[\"e\",\"t\"]",
            "/\u00e9|2/\u00e9,[\"e\",\"t\"]"})
    void encodesLikeAnyOtherEvent(String namespace, String text) {
        var packet = new SocketPacket.Event(namespace, null, Arguments.plain("e", "t"));
        assertThat(SocketEncoder.encode(packet)).containsExactly(new EnginePacket.Message(text));
    }

    @Test
    void equalsTheSameEventFromJson() {
        var plain = Arguments.plain("name", "text");
        var json = Arguments.of("[\"name\",\"text\"]");
        assertThat(plain).isEqualTo(json).hasSameHashCodeAs(json);
        assertThat(plain.weight()).isEqualTo(json.weight());
        assertThat(plain.name()).isEqualTo(json.name());
        assertThat(plain).hasToString("Arguments[15 bytes]");
    }

    @Test
    void recognizesASingleAttachment() {
        byte[] bytes = {1};
        assertThat(Arguments.attachment("a", bytes).onlyAttachment()).containsSame(bytes);
        assertThat(Arguments.attachment("a", bytes))
                .isEqualTo(new Arguments("[\"a\",{\"_placeholder\":true,\"num\":0}]", List.of(bytes)));
        for (String other : List.of("[\"a\",1,{\"_placeholder\":true,\"num\":0}]",
                "[\"a\",\"b\",{\"_placeholder\":true,\"num\":0}]",
                "[\"a\\\",\",{\"_placeholder\":true,\"num\":0}]", "[{\"_placeholder\":true,\"num\":0}]",
                "[\"a\",[{\"_placeholder\":true,\"num\":0}]]",
                "[[\"a\",{\"_placeholder\":true,\"num\":0}]")) {
            assertThat(Arguments.ofChecked(other, List.of(bytes)).onlyAttachment()).as(other).isEmpty();
        }
        assertThat(new Arguments("[\"a\",{\"_placeholder\":true,\"num\":0}]", List.of(bytes, bytes))
                .onlyAttachment()).isEmpty();
    }

    /** The eight-at-a-time way and the one for strings, on each character in each place. */
    @Test
    void bothTestsForPlainTextAgree() {
        for (char c = 0; c < 256; c++) {
            boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
            for (int at = 0; at < 19; at++) {
                var text = new StringBuilder("nineteen characters");
                text.setCharAt(at, c);
                assertThat(PlainText.is(text.toString())).as("%d at %d", (int) c, at).isEqualTo(plain);
                byte[] bytes = ("[\"\",\"" + text + text + "\"]").getBytes(StandardCharsets.ISO_8859_1);
                assertThat(PlainText.is(bytes, 5, bytes.length - 2)).as("%d at %d", (int) c, at)
                        .isEqualTo(plain);
            }
        }
    }

    private EnginePacket.Message known(String text) {
        var message = decode(text);
        if (message == null) {
            throw new AssertionError("left to the codec");
        }
        return message;
    }

    private EnginePacket.@Nullable Message decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return frames.decode(bytes, 0, bytes.length);
    }

    private EnginePacket frame(String text) {
        var decoded = decode(text);
        return decoded == null ? new EnginePacket.Message(text.substring(1)) : decoded;
    }

    private static String meaning(EnginePacket packet) {
        try {
            return new SocketDecoder(SocketLimits.defaults()).decode((EnginePacket.Message) packet)
                    .map(meant -> meant + json(meant))
                    .orElse("more to come");
        } catch (MalformedPacketException e) {
            return "refused";
        }
    }

    private static String json(SocketPacket packet) {
        return packet instanceof SocketPacket.Event event ? event.arguments().json() : "";
    }
}
