package dev.parley.bench.packet;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineQuery;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketEncoder;
import dev.parley.protocol.socket.SocketPacket;
import java.util.Optional;

/**
 * The texts of packets of Engine.IO 4, made by the encoders once: while it measures, a driver only copies them and compares the first
 * characters of what it receives. Stateless; safe from any thread.
 */
public final class PacketTexts {
    /** Joins the default namespace; the server's response begins in the same way. */
    public static final String CONNECT = connect(SocketPacket.DEFAULT_NAMESPACE, "");
    /** The heartbeat's ping. */
    public static final String PING = EngineCodec.encode(new EnginePacket.Ping(""));
    /** The heartbeat's pong. */
    public static final String PONG = EngineCodec.encode(new EnginePacket.Pong(""));
    /** Tests a WebSocket before the upgrade. */
    public static final String PROBE = EngineCodec.encode(new EnginePacket.Ping(EnginePacket.PROBE));
    /** Completes the upgrade. */
    public static final String UPGRADE = EngineCodec.encode(new EnginePacket.Upgrade());
    /** The beginning of an event. */
    public static final String EVENT = event("[]").substring(0, 2);
    /** The type of the handshake. */
    public static final char OPEN_TYPE = EngineCodec.encode(new EnginePacket.Open("")).charAt(0);
    /** The type of a ping. */
    public static final char PING_TYPE = PING.charAt(0);
    /** The type of a pong. */
    public static final char PONG_TYPE = PONG.charAt(0);
    /** The type of an Engine.IO message; the type of the Socket.IO packet follows. */
    public static final char MESSAGE_TYPE = EVENT.charAt(0);
    /** The type of a Socket.IO packet that joins a namespace. */
    public static final char CONNECT_TYPE = CONNECT.charAt(1);
    /** The type of a Socket.IO event. */
    public static final char EVENT_TYPE = EVENT.charAt(1);
    private static final String PATH = "/socket.io/?";
    private static final int MAX_PACKETS = 100;

    private PacketTexts() {}

    /** Returns the path and query of a handshake. */
    public static String path(TransportKind transport) {
        return PATH + EngineQuery.of(EngineRevision.V4, transport);
    }

    /** Returns the path and query of a session's requests. */
    public static String path(TransportKind transport, String sid) {
        return PATH + EngineQuery.of(EngineRevision.V4, transport).sid(sid);
    }

    /** Returns the session id in a response to a handshake, or empty if it has none. */
    public static Optional<String> sid(String body) {
        try {
            return EngineCodec.decodePayload(body, MAX_PACKETS).getFirst() instanceof EnginePacket.Open open
                    ? Optional.of(EngineHandshake.parse(open.json()).sid())
                    : Optional.empty();
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    /** Returns a packet that joins a namespace; the credentials may be empty. */
    public static String connect(String namespace, String credentials) {
        return text(new SocketPacket.Connect(namespace, credentials.isEmpty() ? null : credentials));
    }

    /** Returns an event; the arguments are a JSON array with its name. */
    public static String event(String arguments) {
        return text(new SocketPacket.Event(SocketPacket.DEFAULT_NAMESPACE, null, Arguments.of(arguments)));
    }

    /** Returns an event that asks for an ack. */
    public static String event(long ackId, String arguments) {
        return text(new SocketPacket.Event(SocketPacket.DEFAULT_NAMESPACE, ackId, Arguments.of(arguments)));
    }

    /** Returns the text of an event whose only argument is an attachment, which follows as a binary message. */
    public static String attachmentEvent(String name) {
        return text(new SocketPacket.Event(SocketPacket.DEFAULT_NAMESPACE, null,
                Arguments.attachment(name, new byte[0])));
    }

    /** Returns an ack. */
    public static String ack(long ackId, String arguments) {
        return text(new SocketPacket.Ack(SocketPacket.DEFAULT_NAMESPACE, ackId, Arguments.of(arguments)));
    }

    private static String text(SocketPacket packet) {
        return EngineCodec.encode(SocketEncoder.encode(packet).getFirst());
    }
}
