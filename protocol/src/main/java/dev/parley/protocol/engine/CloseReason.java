package dev.parley.protocol.engine;

/** Why a session or its connection to a namespace ended. Most are the disconnect reasons that Socket.IO documents. */
public enum CloseReason {
    /** The client closed the transport, or its network connection was lost. */
    TRANSPORT_CLOSE("transport close"),
    /** The client broke the rules of the transport, or the transport failed; {@link CloseCause} says how. */
    TRANSPORT_ERROR("transport error"),
    /** The client missed the heartbeat. */
    PING_TIMEOUT("ping timeout"),
    /** The client sent a malformed packet. */
    PARSE_ERROR("parse error"),
    /** The application closed the connection. */
    FORCED_CLOSE("forced close"),
    /** The server closed it: the client joined no namespace in time, or sent an event to one it had not joined. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The server is shutting down. */
    SERVER_SHUTTING_DOWN("server shutting down"),
    /** The client left the namespace. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The application disconnected the socket from the namespace. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** The client reads too slowly, and the limit of queued bytes was exceeded. */
    SEND_QUEUE_FULL("send queue full"),
    /** The server closed it to free memory: all sessions exceeded the budget, and this one held the most. */
    OVERLOADED("server overloaded"),
    /** The server failed; the log has the exception. */
    INTERNAL_ERROR("internal error");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** Returns the text that {@code disconnect} handlers receive, as Socket.IO documents it. */
    public String text() {
        return text;
    }
}
