package dev.parley.client;

/** Reports that a connection failed, was refused, or has ended. The message is one sentence for people. */
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final int status;

    /** The kind of a failure, for programs. */
    public enum Kind {
        /** The connection was refused: no program listens at the address. */
        REFUSED,
        /** The host name cannot be resolved. */
        UNKNOWN_HOST,
        /** A timeout expired. */
        TIMEOUT,
        /** The TLS handshake failed. */
        TLS,
        /** The response is not from a Socket.IO server. */
        NOT_SOCKET_IO,
        /** The server responded with an Engine.IO error, or refused the WebSocket. */
        REJECTED_BY_ENGINE,
        /** The namespace refused the connection. */
        REJECTED_BY_NAMESPACE,
        /** The server violated the protocol, or exceeded the limits. */
        PROTOCOL,
        /** The connection is closed or was lost. */
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

    /** Returns the HTTP status of the response, or 0. */
    public int status() {
        return status;
    }
}
