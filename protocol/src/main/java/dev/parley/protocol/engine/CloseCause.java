package dev.parley.protocol.engine;

/**
 * The cause of a session's end, in more detail than its {@link CloseReason}. Each way to end with {@link CloseReason#TRANSPORT_ERROR} has
 * a cause; with other reasons it is {@link #UNSPECIFIED}.
 */
public enum CloseCause {
    /** The reason needs no cause. */
    UNSPECIFIED("unspecified"),
    /** A poll arrived while another one was pending. */
    OVERLAPPING_POLLS("overlapping polls"),
    /** A POST arrived before the body of another one was complete. */
    OVERLAPPING_POSTS("overlapping posts"),
    /** The client closed the connection of its pending poll. */
    POLL_CANCELLED("cancelled poll"),
    /** The connection of a POST was lost before its body was complete. */
    POST_LOST("lost post"),
    /** The network did not accept a poll response: the client has gone, or does not read it. */
    RESPONSE_NOT_TAKEN("poll response not taken"),
    /** A client of Engine.IO 4 sent a ping; only the server may. */
    UNEXPECTED_PING("unexpected ping"),
    /** A client of Engine.IO 3 sent a pong; only the server may. */
    UNEXPECTED_PONG("unexpected pong"),
    /** The peer or the network reset the WebSocket's connection. */
    CONNECTION_BROKEN("broken connection"),
    /** The client's frames break RFC 6455 or RFC 7692. */
    PROTOCOL_VIOLATION("WebSocket protocol violation"),
    /** A WebSocket message is not UTF-8, or cannot be decompressed. */
    INVALID_PAYLOAD("invalid WebSocket payload"),
    /** A WebSocket message is larger than the maximum payload. */
    MESSAGE_TOO_LARGE("WebSocket message too large");

    private final String text;

    CloseCause(String text) {
        this.text = text;
    }

    /** Returns a few words for logs. */
    public String text() {
        return text;
    }
}
