package dev.parley.doctor.session;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.WebSocketConnection;
import dev.parley.doctor.wire.WebSocketConnection.Frame;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session on a WebSocket. */
public final class WebSocketSession implements ProbeSession {
    private static final Duration HOLD = Duration.ofMinutes(3);

    private final PacketCodec codec;
    private final WebSocketConnection connection;
    private final PacketQueue packets = new PacketQueue();
    private final Thread reader;

    public WebSocketSession(PacketCodec codec, WebSocketConnection connection) {
        this.codec = codec;
        this.connection = connection;
        this.reader = Thread.ofVirtual().name("doctor-websocket").start(this::read);
    }

    /** Opens a session on a WebSocket without polling before, and reads its handshake. */
    public static WebSocketSession open(ProbeClient client) throws SessionEndedException {
        var attempt = WebSocketAttempt.open(client, Optional.empty(), new CookieJar());
        var connection = attempt.connection();
        if (connection == null) {
            throw new SessionEndedException(attempt.outcome());
        }
        try {
            if (client.codec().handshake(connection.read(client.responseTimeout())).isPresent()) {
                return new WebSocketSession(client.codec(), connection);
            }
            connection.close();
            throw PollingSession.timedOut();
        } catch (WireException e) {
            connection.close();
            throw new SessionEndedException(new Outcome.Failed(e.failure(), Duration.ZERO));
        }
    }

    @Override
    public String transport() {
        return TransportKind.WEBSOCKET.text();
    }

    @Override
    public void send(List<EnginePacket> packets) throws SessionEndedException {
        try {
            codec.write(packets, connection);
        } catch (WireException e) {
            throw new SessionEndedException(new Outcome.Failed(e.failure(), Duration.ZERO));
        }
    }

    @Override
    public @Nullable EnginePacket next(Duration timeout) throws SessionEndedException, InterruptedException {
        return packets.next(timeout);
    }

    @Override
    public void drop() {
        connection.abort();
        reader.interrupt();
    }

    @Override
    public void close() {
        connection.close();
        reader.interrupt();
    }

    private void read() {
        try {
            while (true) {
                var frame = connection.read(HOLD);
                if (frame instanceof Frame.Closed closed) {
                    packets.end(closedBy("close code " + closed.code()));
                    return;
                }
                var packet = codec.frame(frame);
                if (packet.isEmpty()) {
                    packets.end(closedBy("a frame that is no packet"));
                    return;
                }
                receive(packet.get());
            }
        } catch (WireException e) {
            packets.end(new Outcome.Failed(e.failure(), Duration.ZERO));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(EnginePacket packet) throws InterruptedException, WireException {
        switch (packet) {
            case EnginePacket.Ping ping ->
                codec.write(List.of(new EnginePacket.Pong(ping.data())), connection);
            case EnginePacket.Message message -> packets.put(message);
            case EnginePacket.Pong pong -> packets.put(pong);
            case EnginePacket.Close close -> packets.end(closedBy("close packet"));
            case EnginePacket.Binary binary -> packets.put(binary);
            case EnginePacket.Open open -> {}
            case EnginePacket.Upgrade upgrade -> {}
            case EnginePacket.Noop noop -> {}
        }
    }

    private static Outcome closedBy(String how) {
        return new Outcome.Failed(new ConnectionFailure(ConnectionFailure.Kind.CLOSED, how), Duration.ZERO);
    }
}
