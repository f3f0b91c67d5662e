package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.http.websocket.FrameVectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of WebSocket over a real connection, all but those that send bytes, which Socket.IO takes for attachments. */
@Tag("real-time")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrameVectorsIT {
    private final TestServer server = TestServer.start(
            ServerOptions.builder().maxHttpBufferSize(FrameVectors.MAX).build(),
            HttpOptions.builder().perMessageDeflate(Integer.MAX_VALUE).build());

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> plain() {
        return without(FrameVectors.plain());
    }

    static Stream<Arguments> compressed() {
        return without(FrameVectors.compressed());
    }

    private static Stream<Arguments> without(Stream<Arguments> vectors) {
        return vectors.filter(vector -> !String.valueOf(vector.get()[2]).contains("bin"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plain")
    void holdsTheRuleOfRfc6455(String name, String input, String expectation) throws Exception {
        holds(input, expectation);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("compressed")
    void holdsTheRuleOfRfc7692(String name, String input, String expectation) throws Exception {
        holds(input, expectation, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
    }

    /** After the server's close frame its connection ends at once, also when the client has closed nothing yet. */
    private void holds(String input, String expectation, String... headers) throws Exception {
        try (var client = new RawWebSocket(server.port(), Peer.WEBSOCKET, headers)) {
            assertThat(client.header("Sec-WebSocket-Extensions")).hasSize(headers.length);
            client.next();
            client.send("text:'40'");
            client.next();
            // Once this is back the handlers are there, and events are answered in the turn of the loop that reads them.
            client.send("text:e:'ready'");
            client.next();
            client.send(input);
            boolean closes = false;
            for (String thing : FrameVectors.expected(expectation)) {
                if (!thing.startsWith("!")) {
                    assertThat(client.next()).isEqualTo(thing);
                    closes = thing.startsWith("close");
                }
            }
            if (!closes) {
                client.send("close:#03e8");
                assertThat(client.next()).isEqualTo("close:1000");
            }
            long before = System.nanoTime();
            assertThat(client.next()).isEqualTo("end");
            assertThat(System.nanoTime() - before).as("at once, and not by the timeout of 5 s")
                    .isLessThan(4_000_000_000L);
        }
    }
}
