package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.ConnectionFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Thrown when a connection fails; holds the kind of failure. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient ConnectionFailure failure;

    public WireException(ConnectionFailure.Kind kind, String detail) {
        super(kind.description());
        this.failure = new ConnectionFailure(kind, detail);
    }

    static WireException of(IOException cause) {
        String detail = String.valueOf(cause.getMessage());
        return switch (cause) {
            case WireException known -> known;
            case SocketTimeoutException late -> new WireException(ConnectionFailure.Kind.TIMEOUT, "");
            case UnknownHostException unknown -> new WireException(ConnectionFailure.Kind.UNKNOWN_HOST, "");
            case ConnectException refused when detail.contains("refused") ->
                new WireException(ConnectionFailure.Kind.REFUSED, "");
            case ConnectException unreachable ->
                new WireException(ConnectionFailure.Kind.UNREACHABLE, detail);
            case SSLException tls -> new WireException(ConnectionFailure.Kind.TLS, detail);
            case EOFException end -> new WireException(ConnectionFailure.Kind.CLOSED, "");
            case SocketException broken when detail.contains("nreachable") ->
                new WireException(ConnectionFailure.Kind.UNREACHABLE, detail);
            case SocketException broken -> new WireException(ConnectionFailure.Kind.CLOSED, detail);
            default -> new WireException(ConnectionFailure.Kind.CLOSED, detail);
        };
    }

    public ConnectionFailure failure() {
        return failure;
    }
}
