package dev.parley.protocol.socket;

import org.jspecify.annotations.Nullable;

/** A Socket.IO packet with its attachments. Namespaces begin with a slash; the default one is {@code /}. */
public sealed interface SocketPacket {
    /** The default namespace. */
    String DEFAULT_NAMESPACE = "/";

    /**
     * Returns whether an event name is reserved for the client's own events. A client that receives such an event closes its connection,
     * so a server neither sends one nor accepts one, which an application might relay.
     */
    static boolean isReserved(String event) {
        return Reserved.NAMES.contains(event);
    }

    /** Returns the namespace, which begins with a slash. */
    String namespace();

    /** Client to server: a request to join, with a JSON object of credentials or null. Server to client: joined, {@code {"sid":…}}. */
    record Connect(String namespace, @Nullable String json) implements SocketPacket {}

    /** Either side: leaves the namespace; the session continues. */
    record Disconnect(String namespace) implements SocketPacket {}

    /** Either side: a named event. The receiver acknowledges it if there is an {@code ackId}. */
    record Event(String namespace, @Nullable Long ackId, Arguments arguments) implements SocketPacket {}

    /** Either side: acknowledges the event with this id. */
    record Ack(String namespace, long ackId, Arguments arguments) implements SocketPacket {}

    /** Server to client: the request to join is refused, {@code {"message":…,"data":…}}. */
    record ConnectError(String namespace, String json) implements SocketPacket {}
}
