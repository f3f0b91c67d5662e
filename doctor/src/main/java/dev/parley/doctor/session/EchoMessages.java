package dev.parley.doctor.session;

import dev.parley.doctor.evidence.Evidence.EchoMethod;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Builds and recognises the messages that measure round trips. Parley's server echoes in the namespace {@value #NAMESPACE}. Other servers
 * refuse an unknown namespace with a CONNECT_ERROR that names it, and no application is involved.
 */
public final class EchoMessages {
    public static final String NAMESPACE = "/parley-doctor";
    private static final String EVENT = "echo";
    private static final String UNKNOWN_PREFIX = NAMESPACE + "-nobody-";
    private static final Pattern UNKNOWN = Pattern.compile(UNKNOWN_PREFIX + "(\\d{1,6})\\b.*");
    private static final int MAX_NUMBER = 999_999;

    private EchoMessages() {}

    /** Returns a CONNECT to an unknown namespace, which every server refuses. */
    public static SocketPacket request(int number) {
        return new SocketPacket.Connect(UNKNOWN_PREFIX + number, null);
    }

    /** Returns a CONNECT to an unknown namespace with credentials that no server knows: an object with this one field. */
    public static SocketPacket request(int number, String name, String value) {
        return new SocketPacket.Connect(UNKNOWN_PREFIX + number, "{\"" + name + "\":\"" + value + "\"}");
    }

    /** Returns a message with audio, which a server echoes or refuses. */
    public static SocketPacket audio(EchoMethod method, int number, String audio) {
        return switch (method) {
            case ECHO -> new SocketPacket.Event(NAMESPACE, (long) number, Arguments.plain(EVENT, audio));
            case NAMESPACE -> request(number, "audio", audio);
        };
    }

    /** Returns a binary message, which a server with the echo namespace echoes. */
    public static SocketPacket binary(byte[] data) {
        return new SocketPacket.Event(NAMESPACE, 1L, Arguments.attachment(EVENT, data));
    }

    /** Returns the number of the request that a packet answers. */
    public static OptionalInt answeredNumber(EnginePacket packet) {
        return SocketPackets.read(packet).map(EchoMessages::answeredNumber).orElse(OptionalInt.empty());
    }

    static OptionalInt answeredNumber(SocketPacket packet) {
        return switch (packet) {
            case SocketPacket.Connect connect -> unknownNumber(connect);
            case SocketPacket.ConnectError error -> unknownNumber(error);
            case SocketPacket.Ack ack when ack.namespace().equals(NAMESPACE) && ack.ackId() <= MAX_NUMBER ->
                OptionalInt.of((int) ack.ackId());
            case SocketPacket.Ack ack -> OptionalInt.empty();
            case SocketPacket.Event event -> OptionalInt.empty();
            case SocketPacket.Disconnect disconnect -> OptionalInt.empty();
        };
    }

    private static OptionalInt unknownNumber(SocketPacket packet) {
        var found = UNKNOWN.matcher(packet.namespace());
        return found.matches() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
    }

    /** Sends {@link #request} and waits for the response to it; returns false after the client's response timeout. */
    public static boolean roundTrip(ProbeSession session, ProbeClient client)
            throws SessionEndedException, InterruptedException {
        session.send(request(1));
        return session.await(client.responseTimeout(), reply -> answeredNumber(reply).isPresent())
                .isPresent();
    }

    /** Joins the echo namespace; returns {@code NAMESPACE} if the server has none. */
    public static EchoMethod join(ProbeSession session, ProbeClient client)
            throws SessionEndedException, InterruptedException {
        if (client.revision() == EngineRevision.V3) {
            return EchoMethod.NAMESPACE;
        }
        session.send(new SocketPacket.Connect(NAMESPACE, null));
        var reply = session.await(client.responseTimeout(), packet -> packet.namespace().equals(NAMESPACE)
                && (packet instanceof SocketPacket.Connect || packet instanceof SocketPacket.ConnectError));
        return reply.filter(SocketPacket.Connect.class::isInstance).isPresent() ? EchoMethod.ECHO
                : EchoMethod.NAMESPACE;
    }
}
