package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** A connection that failed, with the kind of failure. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public WireException(Failure.Kind kind, String detail) {
        super(kind.words());
        this.failure = new Failure(kind, detail);
    }

    static WireException of(IOException cause) {
        String detail = String.valueOf(cause.getMessage());
        return switch (cause) {
            case WireException known -> known;
            case SocketTimeoutException late -> new WireException(Failure.Kind.TIMEOUT, "");
            case UnknownHostException unknown -> new WireException(Failure.Kind.UNKNOWN_HOST, "");
            case ConnectException refused when detail.contains("refused") ->
                new WireException(Failure.Kind.REFUSED, "");
            case ConnectException unreachable -> new WireException(Failure.Kind.UNREACHABLE, detail);
            case SSLException tls -> new WireException(Failure.Kind.TLS, detail);
            case EOFException end -> new WireException(Failure.Kind.CLOSED, "");
            case SocketException broken when detail.contains("nreachable") ->
                new WireException(Failure.Kind.UNREACHABLE, detail);
            case SocketException broken -> new WireException(Failure.Kind.CLOSED, detail);
            default -> new WireException(Failure.Kind.CLOSED, detail);
        };
    }

    public Failure failure() {
        return failure;
    }
}
