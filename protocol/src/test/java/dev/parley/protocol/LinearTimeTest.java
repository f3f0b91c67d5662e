package dev.parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Jsonp;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketDecoder;
import dev.parley.protocol.socket.SocketLimits;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worst input of a few megabytes takes each decoder linear time. A quadratic decoder would need hours, so the timeout is no
 * measurement.
 */
class LinearTimeTest {
    private static final int SIZE = 4_000_000;
    private static final int MAX = Integer.MAX_VALUE;

    static Stream<org.junit.jupiter.params.provider.Arguments> worst() {
        return Stream.of(
                of("separators", EngineCodec.SEPARATOR + "", text -> EngineCodec.decodePayload(text, MAX)),
                of("many packets", "4" + EngineCodec.SEPARATOR,
                        text -> EngineCodec.decodePayload(text + "4", MAX)),
                of("base64", "b" + EngineCodec.SEPARATOR, text -> EngineCodec.decodePayload(text + "b", MAX)),
                of("lengths", "1:4", text -> Engine3Codec.decodePayload(text, MAX)),
                of("a length without end", "0", text -> Engine3Codec.decodePayload(text, MAX)),
                of("fields", "&d", Jsonp::payload), of("escapes", "%5C", text -> Jsonp.payload("d=" + text)),
                of("line ends", "\\\\n", text -> Jsonp.payload("d=" + text)),
                of("quotes", "\"\\<", text -> Jsonp.script("0", text)),
                of("nesting", "[", LinearTimeTest::event), of("objects", "{\"a\":", LinearTimeTest::event),
                of("digits", "1", LinearTimeTest::event), of("backslashes", "\"\\\\", LinearTimeTest::event),
                of("strings", "\"\",", text -> event("[" + text + "1]")),
                of("placeholders", "{\"_placeholder\":true,\"num\":0},",
                        text -> decode("51-[\"a\",[" + text + "1]]")),
                of("a name's quotes", "\\\"", text -> Arguments.of("[\"" + text + "\"]").name()),
                of("a namespace", "/", text -> decode("2" + text)),
                of("an id", "1", text -> decode("2" + text)), of("a count", "1", text -> decode("5" + text)));
    }

    @ParameterizedTest
    @MethodSource("worst")
    @Timeout(60)
    void walksOnce(String what, String piece, Consumer<String> reader) {
        String text = piece.repeat(SIZE / piece.length());
        var refused = catchThrowable(() -> reader.accept(text));
        assertThat(refused == null || refused instanceof MalformedPacketException).as("%s: %s", what, refused)
                .isTrue();
    }

    private static void event(String json) {
        decode("2[\"a\"," + json);
    }

    private static void decode(String text) {
        new SocketDecoder(new SocketLimits(64, SIZE, MAX)).decode(new EnginePacket.Message(text));
    }

    private static org.junit.jupiter.params.provider.Arguments of(String what, String piece,
            Consumer<String> reader) {
        return org.junit.jupiter.params.provider.Arguments.of(what, piece, reader);
    }
}
