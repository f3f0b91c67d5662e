package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.parley.server.ServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Arguments that handlers cannot use: warnings without stack traces or content, and the socket lives on. */
class HandlerFaultsIT {
    private final Logger log = (Logger) LoggerFactory.getLogger("dev.parley.server.HandlerLog");
    private final LogLines lines = new LogLines();
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private TestServer server = TestServer.start();
    private Peer peer = new Peer(server);

    record Point(int x, int y) {}

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
        log.detachAppender(lines);
    }

    @Test
    void wrongArgumentsAreOneWarningAndReachNoHandler() throws Exception {
        server.io.of("/typed").onConnection(socket -> {
            socket.on("p", Point.class, seen::add);
            socket.onError((event, failure) -> seen.add(failure.getMessage()));
        });
        var frames = join("/typed");
        frames.send("42/typed,[\"p\",{\"x\":\"secret\"}]");
        frames.send("42/typed,[\"p\",{\"x\":\"secret\"}]");
        frames.send("42/typed,[\"p\",{\"x\":1,\"y\":2}]");
        for (Object each : List.of("event \"p\", argument 0, field x: expected int",
                "event \"p\", argument 0, field x: expected int", new Point(1, 2))) {
            assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo(each);
        }
        assertThat(onlyLine()).startsWith("The handler of p cannot use what the client sent: event \"p\", ");
    }

    @Test
    void wrongCredentialsAreAWarningAndRefuseTheClient() throws Exception {
        server.io.of("/typed")
                .use(socket -> seen.add(socket.handshake().credentials(Point.class).orElseThrow()))
                .onConnection(socket -> {});
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("40/typed,{\"x\":\"secret\"}");
        assertThat(frames.next()).isEqualTo("44/typed,{\"message\":\"Internal error\"}");
        frames.send("40/typed,{\"x\":1,\"y\":2}");
        assertThat(frames.next()).startsWith("40/typed,");
        assertThat(seen).containsExactly(new Point(1, 2));
        assertThat(onlyLine()).startsWith(
                "The handler of middleware cannot use what the client sent: auth, field x: expected int; ");
    }

    @Test
    void inlineHandlerThatBlocksItsLoopIsAWarning() throws Exception {
        stop();
        listen();
        server = TestServer.start(ServerOptions.builder().slowHandler(Duration.ofNanos(10)).build());
        peer = new Peer(server);
        server.io.of("/slow").onConnection(socket -> socket.onInline("e", event -> event.ack(1)));
        var frames = join("/slow");
        frames.send("42/slow,1[\"e\"]");
        assertThat(frames.next()).isEqualTo("43/slow,1[1]");
        frames.send("42/slow,2[\"e\"]");
        assertThat(frames.next()).isEqualTo("43/slow,2[1]");
        assertThat(onlyLine()).startsWith("The inline handler of e blocked its event loop for ");
    }

    private Peer.Frames join(String namespace) throws Exception {
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("40" + namespace + ",");
        assertThat(frames.next()).startsWith("40" + namespace + ",");
        return frames;
    }

    /** The line is written behind what a test has seen. */
    private String onlyLine() {
        await().until(() -> !lines.list.isEmpty());
        assertThat(lines.list).hasSize(1)
                .allMatch(line -> line.getLevel() == Level.WARN && line.getThrowableProxy() == null);
        return lines.list.getFirst().getFormattedMessage();
    }
}
