package dev.parley.protocol.engine;

/** Why a session or a namespace of it ended, in the words that Socket.IO documents for its disconnect reasons, and a few of ours. */
public enum CloseReason {
    /** The client went: it closed the transport, or the connection under it was lost. */
    TRANSPORT_CLOSE("transport close"),
    /** The transport was misused or broke: overlapping requests, a cancelled poll, a frame too large; {@link CloseCause} says which. */
    TRANSPORT_ERROR("transport error"),
    /** No pong in time. */
    PING_TIMEOUT("ping timeout"),
    /** Bytes that are no packets. */
    PARSE_ERROR("parse error"),
    /** The application closed the connection. */
    FORCED_CLOSE("forced close"),
    /** The server closed it, since no namespace was joined in time or one was used without joining. */
    FORCED_SERVER_CLOSE("forced server close"),
    /** The server closes. */
    SERVER_SHUTTING_DOWN("server shutting down"),
    /** The client left this namespace. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /** The application put the socket out of this namespace. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
    /** The client reads more slowly than it is sent to, and the bound on waiting packets was met. */
    SEND_QUEUE_FULL("send queue full"),
    /** The server ended it to get memory back: it held more than others when all together held too much. */
    OVERLOADED("server overloaded"),
    /** A fault of ours; the log has it. */
    INTERNAL_ERROR("internal error");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /** As Socket.IO documents it, and as {@code disconnect} handlers are told it. */
    public String text() {
        return text;
    }
}
