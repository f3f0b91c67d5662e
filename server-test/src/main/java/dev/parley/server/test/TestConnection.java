package dev.parley.server.test;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.socket.SocketLimits;
import dev.parley.protocol.socket.SocketPacket;
import dev.parley.protocol.socket.SocketParser;
import dev.parley.server.Handshake;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.WebSocketLink;
import dev.parley.server.engine.WebSocketViolation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of a WebSocket that is no more than tasks of the loop, and the client's sockets on it. Behaves as the published clients do:
 * replies to pings, and closes when it is in no namespace any more. Its state belongs to the loop.
 */
final class TestConnection implements WebSocketLink {
    private static final String LOST = "transport close";
    private static final SocketLimits LIMITS = new SocketLimits(999_999, Integer.MAX_VALUE, 10_000);

    private final SocketIoTest test;
    private final SocketParser parser;
    private final SocketParser.Decoder decoder;
    private final Map<String, TestClient> clients = new LinkedHashMap<>();
    private final Queue<EnginePacket> held = new ArrayDeque<>();
    private @Nullable EngineSession session;
    private boolean paused;
    private boolean frozen;

    TestConnection(SocketIoTest test) {
        this.test = test;
        this.parser = test.server().options().parser();
        this.decoder = parser.decoder(LIMITS);
    }

    /** On the loop. */
    void open(Handshake handshake) {
        var gateway = test.gateway();
        session = gateway.open(gateway.sid(handshake), handshake, Framing.V4, test.loop(), this)
                .orElseThrow(() -> new IllegalStateException(
                        "The server takes no more sessions: maxSessions is reached, or it is closing."));
    }

    /** On the loop: asks for a namespace. */
    void connect(TestClient client, @Nullable String auth) {
        if (session == null) {
            throw new IllegalStateException("The connection has ended.");
        }
        if (clients.putIfAbsent(client.namespace(), client) != null) {
            throw new IllegalStateException(
                    "The connection is in " + client.namespace() + " already: connect another client.");
        }
        transmit(new SocketPacket.Connect(client.namespace(), auth));
    }

    /** From any thread: sends a packet, behind those sent before. */
    void send(SocketPacket packet) {
        test.loop().execute(() -> transmit(packet));
    }

    /** From any thread: a client leaves its namespace. */
    void leave(TestClient client) {
        test.loop().execute(() -> {
            if (clients.remove(client.namespace(), client)) {
                transmit(new SocketPacket.Disconnect(client.namespace()));
                client.over("io client disconnect");
                closeIfUnused();
            }
        });
    }

    /** From any thread: the network fails. */
    void lose() {
        test.loop().execute(() -> end(LOST));
    }

    /** From any thread: the network carries nothing any more, and tells nobody. */
    void freeze() {
        test.loop().execute(() -> frozen = true);
    }

    @Override
    public void write(List<EnginePacket> packets, long shared) {
        var frames = packets.stream().map(TestConnection::throughFrame).toList();
        test.loop().execute(() -> frames.forEach(this::receive));
    }

    @Override
    public void pause(boolean now) {
        paused = now;
        if (!now) {
            test.loop().execute(() -> {
                while (!paused && !held.isEmpty()) {
                    deliver(held.remove());
                }
            });
        }
    }

    @Override
    public void close() {
        test.loop().execute(() -> {
            session = null;
            end(LOST);
        });
    }

    /** A packet as it comes out of the frame that it was put into: of what one side has, the other gets a copy. */
    private static EnginePacket throughFrame(EnginePacket packet) {
        return packet instanceof EnginePacket.Binary binary ? new EnginePacket.Binary(binary.data().clone())
                : EngineCodec.decode(EngineCodec.encode(packet));
    }

    private void receive(EnginePacket packet) {
        if (session == null || frozen) {
            return;
        }
        try {
            switch (packet) {
                case EnginePacket.Ping ping -> deliver(new EnginePacket.Pong(ping.data()));
                case EnginePacket.Message message -> receive(decoder.decode(message));
                case EnginePacket.Binary binary -> receive(decoder.decode(binary));
                case EnginePacket.Close close -> end(LOST);
                default -> {}
            }
        } catch (MalformedPacketException e) {
            end("parse error");
        }
    }

    private void receive(Optional<SocketPacket> complete) {
        complete.ifPresent(packet -> {
            var client = clients.get(packet.namespace());
            if (client != null) {
                client.receive(packet);
                if (packet instanceof SocketPacket.Disconnect
                        || packet instanceof SocketPacket.ConnectError) {
                    clients.remove(packet.namespace());
                    closeIfUnused();
                }
            }
        });
    }

    private void transmit(SocketPacket packet) {
        for (EnginePacket each : parser.encode(packet)) {
            if (paused || !held.isEmpty()) {
                held.add(each);
            } else {
                deliver(each);
            }
        }
    }

    private void deliver(EnginePacket packet) {
        var open = session;
        if (open == null || frozen) {
            return;
        }
        String text = packet instanceof EnginePacket.Binary ? "" : EngineCodec.encode(packet);
        byte[] bytes = packet instanceof EnginePacket.Binary binary ? binary.data().clone()
                : text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > test.gateway().maxPayload()) {
            open.failed(this, WebSocketViolation.MESSAGE_TOO_LARGE);
            end(LOST);
        } else if (packet instanceof EnginePacket.Binary) {
            open.binary(this, bytes);
        } else {
            open.text(this, text);
        }
    }

    private void closeIfUnused() {
        if (clients.isEmpty()) {
            end(LOST);
        }
    }

    private void end(String reason) {
        var open = session;
        session = null;
        if (open != null) {
            open.lost(this);
        }
        List.copyOf(clients.values()).forEach(client -> client.over(reason));
        clients.clear();
    }
}
