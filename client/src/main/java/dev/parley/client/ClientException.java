package dev.parley.client;

/** A connection that could not be made, was refused, or is gone. The message is one sentence that is fit to be shown to a person. */
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final int status;

    /** What went wrong, for programs. */
    public enum Kind {
        /** Nobody listens at the address. */
        REFUSED,
        /** The host name leads nowhere. */
        UNKNOWN_HOST,
        /** No answer in time. */
        TIMEOUT,
        /** The secure connection could not be made. */
        TLS,
        /** Somebody answered who does not speak Socket.IO here. */
        NOT_SOCKET_IO,
        /** An Engine.IO error answer, or the WebSocket was refused. */
        REJECTED_BY_ENGINE,
        /** The namespace refused the connection. */
        REJECTED_BY_NAMESPACE,
        /** The server broke the protocol, or sent more than the limits allow. */
        PROTOCOL,
        /** The connection is closed, or was lost. */
        CLOSED,
        /** Any other failure of the network. */
        NETWORK
    }

    public ClientException(Kind kind, String message) {
        this(kind, message, 0);
    }

    public ClientException(Kind kind, String message, int status) {
        super(message);
        this.kind = kind;
        this.status = status;
    }

    public Kind kind() {
        return kind;
    }

    /** The HTTP status that told it; 0 if none did. */
    public int status() {
        return status;
    }
}
