package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.transport.ServerGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that stops reading costs a bounded number of bytes, whatever it asks for: the server's own queue and what Netty holds of its
 * connection are measured. What is volatile is dropped first.
 */
@Tag("real-time")
class BackPressureIT {
    private static final int QUEUED = 300_000;
    private static final int KILOBYTE = 1_000;
    /** One batch may be on its way to a full connection, and Netty calls a connection full at 64 KB. */
    private static final long BOUND = 2L * QUEUED + 128 * 1024;
    private final TestServer server = TestServer
            .start(ServerOptions.builder().allowEIO3(true).maxQueuedBytes(QUEUED).build());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Peer.WEBSOCKET, "EIO=3&transport=websocket"})
    void endsAWebSocketThatIsNotRead(String query) throws Exception {
        try (var deaf = new Deaf(query)) {
            var socket = deaf.join();
            long most = 0;
            for (int i = 0; server.reasons.isEmpty() && i < 200_000; i++) {
                server.io.to(socket.id()).emit("news", i, "x".repeat(KILOBYTE));
                most = Math.max(most, server.unsent() + deaf.queued());
            }
            assertThat(server.nextReason()).isEqualTo("send queue full");
            assertThat(most).isLessThan(BOUND);
            await().untilAsserted(() -> assertThat(server.unsent()).isZero());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientThatDoesNotReadHoldsBoundedMemory(boolean inline) throws Exception {
        try (var deaf = new Deaf(Peer.WEBSOCKET)) {
            deaf.join();
            String event = "42[\"" + (inline ? "inline" : "echo") + "\",\"" + "x".repeat(KILOBYTE) + "\"]";
            assertThat(mostWhile(deaf, frame(1, event))).isLessThan(BOUND);
        }
    }

    /** RFC 6455, section 5.5.3: of many pings only the last has to be answered. */
    @Test
    void clientThatDoesNotReadGetsNoPongs() throws Exception {
        try (var deaf = new Deaf(Peer.WEBSOCKET)) {
            deaf.join();
            assertThat(mostWhile(deaf, frame(9, "x".repeat(125)))).isLessThan(BOUND);
        }
    }

    /** Engine.IO 3: the client pings, and each ping is answered with a packet. */
    @Test
    void endsAClientOfRevision3ThatPingsAndDoesNotListen() throws Exception {
        try (var deaf = new Deaf("EIO=3&transport=websocket")) {
            deaf.join();
            assertThat(mostWhile(deaf, frame(1, "2"))).isLessThan(BOUND);
            assertThat(server.nextReason()).isEqualTo("send queue full");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket.io.js", "?EIO=4&transport=polling&sid=nobody", "?EIO=4&transport=pigeon",
            "nothing"})
    void holdsFewAnswersThatNobodyReads(String target) throws Exception {
        try (var deaf = new Deaf(null)) {
            String request = "GET /socket.io/" + target + " HTTP/1.1\r\nHost: here\r\n\r\n";
            assertThat(mostWhile(deaf, request.getBytes(StandardCharsets.US_ASCII))).isLessThan(2_000_000);
        }
    }

    @Test
    void dropsWhatIsVolatileAndKeepsTheRest() throws Exception {
        try (var deaf = new Deaf(Peer.WEBSOCKET)) {
            var socket = deaf.join();
            // Until the connection takes no more and a good deal waits in the session.
            int kept = 0;
            while (deaf.queued() < QUEUED / 2) {
                server.io.to(socket.id()).emit("kept", kept++, "x".repeat(KILOBYTE));
                // Each event reaches the loop before the next is emitted, so that haste alone cannot meet the bound.
                server.settle();
            }
            for (int i = 0; i < 2_000; i++) {
                socket.emitVolatile("volatile", i, "x".repeat(KILOBYTE));
            }
            for (int i = 0; i < 20; i++) {
                server.io.to(socket.id()).emit("kept", kept++, "x");
            }
            server.settle();
            assertThat(server.reasons).isEmpty();
            int next = 0;
            int passed = 0;
            while (next < kept) {
                String event = deaf.text();
                if (event.startsWith("42[\"volatile\"")) {
                    passed++;
                } else {
                    assertThat(event).startsWith("42[\"kept\"," + next++ + ",");
                }
            }
            // The network may have taken a little more just then.
            assertThat(passed).isLessThan(200);
        }
    }

    /** The most that waited while a client said the same again and again, until the server had enough of it or listened no more. */
    private long mostWhile(Deaf deaf, byte[] message) throws Exception {
        long most = 0;
        byte[] many = new byte[message.length * Math.max(1, 8_000 / message.length)];
        for (int at = 0; at < many.length; at += message.length) {
            System.arraycopy(message, 0, many, at, message.length);
        }
        var writer = Thread.ofVirtual().start(() -> deaf.say(many, 60_000_000));
        for (int quiet = 0; writer.isAlive() && quiet < 200;) {
            long before = deaf.said.get();
            most = Math.max(most, server.unsent() + deaf.queued());
            // A server that stops reading is a good one: for two seconds nothing moves, and that is that.
            boolean ended = writer.join(Duration.ofMillis(10));
            quiet = !ended && deaf.said.get() == before ? quiet + 1 : 0;
        }
        return Math.max(most, server.unsent());
    }

    private static byte[] frame(int opcode, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        int head = content.length < 126 ? 2 : 4;
        byte[] frame = new byte[head + 4 + content.length];
        frame[0] = (byte) (0x80 | opcode);
        frame[1] = (byte) (0x80 | (head == 2 ? content.length : 126));
        if (head == 4) {
            frame[2] = (byte) (content.length >> 8);
            frame[3] = (byte) content.length;
        }
        // The mask is zero, so the content stays as it is.
        System.arraycopy(content, 0, frame, head + 4, content.length);
        return frame;
    }

    /** A client on a bare connection with a small window, which reads only when told. */
    private final class Deaf implements AutoCloseable {
        private final java.net.Socket socket = new java.net.Socket();
        private final InputStream in;
        private final OutputStream out;
        private final boolean revision4;
        private String sid = "";
        private final AtomicLong said = new AtomicLong();

        Deaf(@Nullable String query) throws IOException {
            revision4 = Peer.WEBSOCKET.equals(query);
            socket.setReceiveBufferSize(8_192);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            in = socket.getInputStream();
            out = socket.getOutputStream();
            if (query != null) {
                out.write(("GET /socket.io/?" + query + " HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                var head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) in.read());
                }
                assertThat(head.toString()).startsWith("HTTP/1.1 101");
            }
        }

        /** Joins the default namespace and answers the server's side of it. */
        Socket join() throws IOException {
            String handshake = text();
            assertThat(handshake).startsWith("0{\"sid\":\"");
            sid = handshake.substring(9, handshake.indexOf('"', 9));
            if (revision4) {
                out.write(frame(1, "40"));
            }
            assertThat(text()).startsWith("40");
            await().until(() -> server.io.sockets().sockets().size() == 1);
            return server.io.sockets().sockets().iterator().next();
        }

        /** Bytes that wait for it in its session; none once that has ended. */
        long queued() {
            return ServerGateway.of(server.io).session(sid).map(EngineSession::queued).orElse(0L);
        }

        /** The next text frame. */
        String text() throws IOException {
            assertThat(in.read()).isEqualTo(0x81);
            int length = in.read();
            if (length == 126) {
                length = in.read() << 8 | in.read();
            }
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        void say(byte[] bytes, long atMost) {
            try {
                while (said.get() < atMost) {
                    out.write(bytes);
                    said.addAndGet(bytes.length);
                }
            } catch (IOException e) {
                // The server has had enough.
                said.set(atMost);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
