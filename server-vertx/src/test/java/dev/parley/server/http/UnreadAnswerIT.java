package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.parley.server.ServerOptions;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.transport.ServerGateway;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A poller that is given a large answer and leaves it unread costs a bounded number of bytes, and those for a bounded time. */
@Tag("real-time")
class UnreadAnswerIT {
    private static final int MEGABYTE = 1_000_000;
    private static final int QUEUED = 20 * MEGABYTE;
    /** More than a connection takes from us without its client. */
    private static final int ANSWER = 14 * MEGABYTE;
    private static final int SMALL = 8_192;
    private TestServer server = start(Duration.ofSeconds(60));
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countsToTheBoundOfItsSession(boolean anotherPollHangs) throws Exception {
        String sid = joined();
        try (var deaf = new Poll(sid, SMALL)) {
            deaf.head();
            assertThat(queued(sid)).isBetween((long) ANSWER, (long) QUEUED);
            var poll = anotherPollHangs ? peer.hangingPoll(sid) : null;
            if (poll == null) {
                emit(QUEUED + 2 * MEGABYTE);
            } else {
                await().until(() -> ServerGateway.of(server.io).session(sid).orElseThrow().writable());
                emitAtOnce(7 * MEGABYTE);
                emit(QUEUED + MEGABYTE);
                assertThat(poll.get().body()).isEqualTo("1");
            }
            assertThat(server.nextReason()).isEqualTo("send queue full");
        }
    }

    @Test
    void endsTheSessionInTime() throws Exception {
        restart(Duration.ofMillis(300));
        String sid = joined();
        // Not even the head is read: on a busy machine the answer may be cut off before.
        try (var deaf = new Poll(sid, SMALL)) {
            assertThat(deaf).isNotNull();
            assertThat(server.nextReason()).isEqualTo("transport error");
            // And nothing is held for it any more.
            await().until(() -> server.unsent() == 0 && ServerGateway.of(server.io).session(sid).isEmpty());
        }
    }

    @Test
    void endsTheSessionWhenItsClientGoes() throws Exception {
        String sid = joined();
        try (var deaf = new Poll(sid, SMALL)) {
            deaf.head();
        }
        assertThat(server.nextReason()).isEqualTo("transport error");
    }

    @Test
    void unreadClientScriptClosesTheConnection() throws Exception {
        restart(Duration.ofMillis(300));
        try (var deaf = new Socket()) {
            deaf.setReceiveBufferSize(SMALL);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            var out = deaf.getOutputStream();
            // More than the connection takes, and all at once: it may be cut off as soon as that is so.
            out.write("GET /socket.io/socket.io.js.map HTTP/1.1\r\nHost: here\r\n\r\n".repeat(200)
                    .getBytes(StandardCharsets.US_ASCII));
            await().until(
                    () -> !server.channels.isEmpty() && server.channels.stream().noneMatch(Channel::isOpen));
        }
    }

    @Test
    void leavesASlowReaderAlone() throws Exception {
        String sid = joined();
        try (var slow = new Poll(sid, MEGABYTE)) {
            slow.body(slow.head());
            await().until(() -> queued(sid) == 0);
            emitAtOnce(ANSWER);
            await().until(() -> queued(sid) >= ANSWER);
            assertThat(peer.poll(sid).body()).hasSizeGreaterThan(ANSWER);
        }
        assertThat(server.reasons).isEmpty();
    }

    @Test
    void takesATimeoutThatIsOneOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpOptions.builder().answerTimeout(Duration.ZERO));
    }

    /** A session with a large answer to its next poll. */
    private String joined() throws Exception {
        String sid = peer.join();
        emitAtOnce(ANSWER);
        await().until(() -> queued(sid) >= ANSWER);
        return sid;
    }

    private void emit(int bytes) {
        for (int i = 0; i < bytes / MEGABYTE; i++) {
            emitAtOnce(MEGABYTE);
        }
    }

    private void emitAtOnce(int bytes) {
        server.io.emit("news", "x".repeat(bytes));
    }

    private long queued(String sid) {
        return ServerGateway.of(server.io).session(sid).map(EngineSession::queued).orElse(0L);
    }

    private void restart(Duration timeout) {
        stop();
        server = start(timeout);
        peer = new Peer(server);
    }

    private static TestServer start(Duration timeout) {
        return TestServer.start(ServerOptions.builder().maxQueuedBytes(QUEUED).build(),
                HttpOptions.builder().answerTimeout(timeout).build());
    }

    /** A poll on a bare connection with a window of its own, which reads only when told. */
    private final class Poll implements AutoCloseable {
        private final Socket socket = new Socket();
        private final InputStream in;

        Poll(String sid, int window) throws IOException {
            socket.setReceiveBufferSize(window);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            in = socket.getInputStream();
            socket.getOutputStream()
                    .write(("GET /socket.io/?" + Peer.POLLING + "&sid=" + sid
                            + " HTTP/1.1\r\nHost: here\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        /** Reads the answer's head; how long its body is. */
        int head() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            assertThat(head.toString()).startsWith("HTTP/1.1 200");
            return Integer.parseInt(head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1"));
        }

        void body(int length) throws IOException {
            in.skipNBytes(length);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
