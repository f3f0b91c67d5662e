package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.parley.server.ServerOptions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Clients that leave early or send garbage: nothing of it is an error of the server, or has a stack trace in its log. */
class LeavingClientIT {
    private static final String POLL = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String UPGRADE = RawHttp.head("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            "Host: a", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
    /** Vert.x warns of a loop that did not get on for two seconds; on a busy machine that is no client's doing. */
    private static final String LATE_LOOPS = "io.vertx.core.impl.BlockedThreadChecker";
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger faults = (Logger) LoggerFactory.getLogger(ClientFaults.class);
    private final LogLines lines = new LogLines();
    private final Semaphore asked = new Semaphore(0);
    private final CountDownLatch decided = new CountDownLatch(1);
    private final TestServer server = TestServer.start(ServerOptions.defaults(),
            HttpOptions.builder().allowRequest(handshake -> {
                if (handshake.parameter("free").isEmpty()) {
                    asked.release();
                    awaitDecision();
                }
                return handshake.parameter("forbid");
            }).build());

    @BeforeEach
    void listen() {
        faults.setLevel(Level.DEBUG);
        lines.start();
        root.addAppender(lines);
    }

    @AfterEach
    void stop() {
        decided.countDown();
        root.detachAppender(lines);
        faults.setLevel(null);
        server.close();
    }

    static List<String> handshakes() {
        return List.of(POLL, UPGRADE, POLL.replace("polling", "polling&forbid=no"));
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void leavingWhileItIsDecidedIsOneDebugLine(String request) throws Exception {
        try (var raw = new RawHttp(server.port())) {
            raw.send(request);
            assertThat(asked.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            raw.reset();
        }
        await().until(() -> server.channels.stream().noneMatch(channel -> channel.isOpen()));
        // A channel is closed a moment before its request hears of it.
        server.settle();
        decided.countDown();
        await().until(
                () -> lines.list.stream().anyMatch(line -> line.getLoggerName().equals(faults.getName())));
        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage)
                .containsOnlyOnce("A client left while it was decided whether its request is allowed");
        nothingWorse();
        assertThat(server.io.sessions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000\u0001garbage\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ngarbage garbage garbage",
            "GET /socket.io/?EIO=4&transport=polling&free=1&x=%zz HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf",
            "POST /socket.io/?EIO=4&transport=polling&sid=x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"})
    void garbageAndResetsAreNoErrors(String request) throws Exception {
        try (var raw = new RawHttp(server.port())) {
            raw.send(request);
            raw.reset();
        }
        isStillThere();
        nothingWorse();
    }

    @Test
    void leavingInTheMiddleOfASessionIsNoError() throws Exception {
        String post = "POST /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1";
        for (String more : new String[]{RawHttp.head(post.replace("POST", "GET"), "Host: a"),
                RawHttp.head(post, "Host: a", "Content-Length: 9") + "40",
                RawHttp.head(post, "Host: a", "Transfer-Encoding: chunked") + "zz",
                RawHttp.head(post, "Host: a", "Expect: 100-continue", "Content-Length: 9"),
                UPGRADE.replace("transport=websocket", "transport=websocket&sid=%s")}) {
            try (var raw = new RawHttp(server.port())) {
                raw.send("GET /socket.io/?EIO=4&transport=polling&free=1 HTTP/1.1\r\nHost: a\r\n\r\n");
                String sid = raw.response().body().substring(9, 35);
                raw.send(more.formatted(sid));
                raw.reset();
            }
        }
        isStillThere();
        await().until(() -> server.channels.stream().noneMatch(channel -> channel.isOpen()));
        nothingWorse();
    }

    /** On the event loop of its session a POST is refused before its length is looked at. */
    @Test
    void refusedPostThatIsTooLargeIsNoError() throws Exception {
        try (var peer = new Peer(server)) {
            String sid = peer.frames(Peer.WEBSOCKET + "&free=1").next().substring(9, 35);
            // Connections go to the event loops by turns.
            for (int i = 0; i < 4; i++) {
                try (var raw = new RawHttp(server.port())) {
                    raw.send(RawHttp.head("POST /socket.io/?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1",
                            "Host: a", "Content-Length: 9000000") + "4");
                    assertThat(raw.response().status()).isIn(400, 413);
                }
            }
        }
        nothingWorse();
    }

    private void awaitDecision() {
        try {
            assertThat(decided.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void isStillThere() throws Exception {
        try (var raw = new RawHttp(server.port())) {
            raw.send("GET /socket.io/?EIO=4&transport=polling&free=1 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(raw.response().status()).isEqualTo(200);
        }
    }

    private void nothingWorse() {
        assertThat(lines.list).filteredOn(line -> !line.getLoggerName().equals(LATE_LOOPS))
                .noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN)
                        || (line.getThrowableProxy() != null
                                && line.getLevel().isGreaterOrEqual(Level.INFO)));
    }
}
