package dev.parley.doctor.evidence;

import java.util.Locale;

/** The reason why a request received no response. */
public record ConnectionFailure(Kind kind, String detail) {

    /** Kinds of failure that need different advice. */
    public enum Kind {
        UNKNOWN_HOST,
        REFUSED,
        UNREACHABLE,
        TLS,
        TLS_TIMEOUT,
        TIMEOUT,
        CLOSED,
        NOT_HTTP,
        /** A WebSocket frame that browsers refuse. */
        FRAME,
        /** The doctor sent nothing, to keep within its load or because the server asked it to wait. */
        HELD_BACK;

        public String description() {
            return switch (this) {
                case UNKNOWN_HOST -> "the name has no address";
                case REFUSED -> "the connection was refused";
                case UNREACHABLE -> "the host cannot be reached";
                case TLS -> "TLS failed";
                case TLS_TIMEOUT ->
                    "the connection was accepted, but the TLS handshake was not answered in time";
                case TIMEOUT -> "no response in time";
                case CLOSED -> "the connection was closed without a response";
                case NOT_HTTP -> "the response is not HTTP";
                case FRAME -> "a WebSocket frame is malformed";
                case HELD_BACK -> "the doctor did not send the request";
            };
        }
    }

    /** Returns whether nothing came in time. */
    public boolean isSilence() {
        return kind == Kind.TIMEOUT || kind == Kind.TLS_TIMEOUT;
    }

    /** Returns whether the server refused TLS with an alert, so that it speaks TLS. */
    public boolean isTlsAlert() {
        return detail.contains("fatal alert");
    }

    public String description() {
        return detail.isEmpty() ? kind.description() : kind.description() + " (" + detail + ")";
    }

    public String code() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
