package dev.parley.protocol.socket;

import org.jspecify.annotations.Nullable;

/** One Socket.IO packet, complete with its attachments. Namespaces begin with a slash; the default one is {@code /}. */
public sealed interface SocketPacket {
    /** The namespace that every connection begins with. */
    String DEFAULT_NAMESPACE = "/";

    /**
     * Whether clients use this name for what happens on their own side. One that gets such an event from elsewhere takes it for a broken packet
     * and ends its connection, so a server neither sends one nor lets one in, which an application might pass on to others.
     */
    static boolean isReserved(String event) {
        return Reserved.NAMES.contains(event);
    }

    /** The namespace it belongs to; begins with a slash. */
    String namespace();

    /** Client to server: let me in, with an optional JSON object of credentials. Server to client: you are in, {@code {"sid":…}}. */
    record Connect(String namespace, @Nullable String json) implements SocketPacket {}

    /** Either side: this namespace is left; the connection stays. */
    record Disconnect(String namespace) implements SocketPacket {}

    /** Either side: a named event. With an {@code ackId} the other side is asked to answer. */
    record Event(String namespace, @Nullable Long ackId, Arguments arguments) implements SocketPacket {}

    /** Either side: the answer to the event that carried this id. */
    record Ack(String namespace, long ackId, Arguments arguments) implements SocketPacket {}

    /** Server to client: you are not let in; {@code {"message":…,"data":…}}. */
    record ConnectError(String namespace, String json) implements SocketPacket {}
}
