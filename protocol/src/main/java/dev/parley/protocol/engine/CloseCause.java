package dev.parley.protocol.engine;

/**
 * Why a session ended, in more detail than the {@link CloseReason} that clients and {@code disconnect} handlers know. Each way to end with
 * {@link CloseReason#TRANSPORT_ERROR} has a cause of its own; with other reasons it is {@link #UNSPECIFIED}.
 */
public enum CloseCause {
    /** The reason says all that is known. */
    UNSPECIFIED("unspecified"),
    /** A poll arrived while another one was pending. */
    OVERLAPPING_POLLS("overlapping polls"),
    /** A POST arrived before the body of another one was complete. */
    OVERLAPPING_POSTS("overlapping posts"),
    /** The client closed the connection of its pending poll. */
    POLL_CANCELLED("cancelled poll"),
    /** The connection of a POST was lost, or its time was up, before its body was complete. */
    POST_LOST("lost post"),
    /** The network did not take the response to a poll: the client is gone, or does not read it. */
    RESPONSE_NOT_TAKEN("poll response not taken"),
    /** A client of Engine.IO 4 sent a ping, which is the server's to send. */
    UNEXPECTED_PING("unexpected ping"),
    /** A client of Engine.IO 3 sent a pong, which is the server's to send. */
    UNEXPECTED_PONG("unexpected pong"),
    /** The WebSocket's connection failed: reset by the peer or the network. */
    CONNECTION_BROKEN("broken connection"),
    /** The client's frames break RFC 6455 or RFC 7692. */
    PROTOCOL_VIOLATION("WebSocket protocol violation"),
    /** A WebSocket message's text is not UTF-8, or its compressed data cannot be read. */
    INVALID_PAYLOAD("invalid WebSocket payload"),
    /** A WebSocket message is larger than {@link SessionOptions#maxPayload}. */
    MESSAGE_TOO_LARGE("WebSocket message too large");

    private final String text;

    CloseCause(String text) {
        this.text = text;
    }

    /** A few words for logs. */
    public String text() {
        return text;
    }
}
