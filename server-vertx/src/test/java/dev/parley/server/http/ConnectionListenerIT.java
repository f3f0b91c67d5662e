package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.ClientConnection;
import dev.parley.server.ConnectionListener;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events that an observer of a connection gets, and the connection's description of itself. */
class ConnectionListenerIT {
    private final TestServer server = TestServer.start(ServerOptions.builder().allowEIO3(true).build());
    private final Peer peer = new Peer(server);
    private final BlockingQueue<ClientConnection> connections = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    ConnectionListenerIT() {
        server.io.addListener(new ServerListener() {
            @Override
            public void opened(ClientConnection connection) {
                connection.observe(new Recorder());
                connections.add(connection);
            }
        });
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void tellsTheWayOfAMessageThroughAPollingSession() throws Exception {
        String sid = peer.handshake();
        assertThat(next()).isEqualTo("flushed Open");
        peer.post(sid, "40");
        assertThat(next()).isEqualTo("received 0");
        assertThat(next()).isEqualTo("created Message");
        peer.poll(sid);
        assertThat(next()).isEqualTo("flushed Message");
        var hanging = peer.hangingPoll(sid);
        assertThat(next()).isEqualTo("drained");
        peer.post(sid, "42[\"inline\",1]");
        assertThat(next()).isEqualTo("received 2[\"inline\",1]");
        assertThat(next()).isEqualTo("created Message");
        assertThat(next()).isEqualTo("flushed Message");
        assertThat(hanging.get(60, TimeUnit.SECONDS).body()).isEqualTo("42[\"inline\",1]");
        peer.post(sid, "1");
        assertThat(next()).isEqualTo("closed transport close");
        assertThat(seen).isEmpty();
    }

    @Test
    void tellsTheHeartbeat() throws Exception {
        var frames = peer.frames("EIO=3&transport=websocket");
        assertThat(frames.next()).startsWith("0{");
        assertThat(next()).isEqualTo("flushed Open");
        assertThat(connection().revision()).isEqualTo(EngineRevision.V3);
        assertThat(next()).isEqualTo("created Message");
        assertThat(next()).isEqualTo("flushed Message");
        frames.send("2");
        assertThat(next()).isEqualTo("flushed Pong");
        assertThat(next()).isEqualTo("heartbeat");
    }

    @Test
    void tellsAnUpgrade() throws Exception {
        String sid = peer.join();
        var frames = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        frames.send("2probe");
        assertThat(frames.next()).isEqualTo("3probe");
        frames.send("5");
        String news = next();
        while (!news.startsWith("upgraded") && !news.equals("null")) {
            news = next();
        }
        assertThat(news).isEqualTo("upgraded websocket");
    }

    @Test
    void knowsItsSocketsAndEndsThem() throws Exception {
        var frames = peer.joinFrames();
        frames.send("40/room,");
        assertThat(frames.next()).startsWith("40/room,");
        var connection = connection();
        assertThat(connection.sockets()).extracting(socket -> socket.namespace().name())
                .containsExactlyInAnyOrder("/", "/room");
        assertThat(connection.sockets()).extracting(Socket::connection).containsOnly(connection);
        assertThat(connection.transport()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(connection.request().parameter("transport")).contains("websocket");
        assertThat(connection.name()).hasSize(8);
        assertThat(connection.open()).isTrue();
        connection.close();
        assertThat(List.of(frames.next(), frames.next())).containsExactlyInAnyOrder("41", "41/room,");
        assertThat(frames.next()).isEqualTo("closed 1000");
        String news = next();
        while (!news.startsWith("closed") && !news.equals("null")) {
            news = next();
        }
        assertThat(news).isEqualTo("closed forced close");
        assertThat(connection.open()).isFalse();
        assertThat(connection.sockets()).isEmpty();
        assertThat(server.nextReason()).isEqualTo("server namespace disconnect");
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(60, TimeUnit.SECONDS));
    }

    private ClientConnection connection() throws InterruptedException {
        var connection = connections.poll(60, TimeUnit.SECONDS);
        assertThat(connection).isNotNull();
        return connection;
    }

    private final class Recorder implements ConnectionListener {
        @Override
        public void received(EnginePacket message) {
            seen.add("received " + ((EnginePacket.Message) message).text());
        }

        @Override
        public void created(List<EnginePacket> messages) {
            seen.add("created " + names(messages));
        }

        @Override
        public void flushed(List<EnginePacket> packets) {
            seen.add("flushed " + names(packets));
        }

        @Override
        public void drained() {
            seen.add("drained");
        }

        @Override
        public void heartbeat() {
            seen.add("heartbeat");
        }

        @Override
        public void upgraded(TransportKind transport) {
            seen.add("upgraded " + transport.text());
        }

        @Override
        public void closed(CloseReason reason) {
            seen.add("closed " + reason.text());
        }

        private static String names(List<EnginePacket> packets) {
            return String.join(" ",
                    packets.stream().map(packet -> packet.getClass().getSimpleName()).toList());
        }
    }
}
