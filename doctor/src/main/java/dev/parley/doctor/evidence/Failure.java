package dev.parley.doctor.evidence;

import java.util.Locale;

/** Why there was no answer. */
public record Failure(Kind kind, String detail) {

    /** The kinds of failure that call for different advice. */
    public enum Kind {
        UNKNOWN_HOST,
        REFUSED,
        UNREACHABLE,
        TLS,
        TLS_TIMEOUT,
        TIMEOUT,
        CLOSED,
        NOT_HTTP;

        public String words() {
            return switch (this) {
                case UNKNOWN_HOST -> "the name has no address";
                case REFUSED -> "the connection was refused";
                case UNREACHABLE -> "the host cannot be reached";
                case TLS -> "TLS failed";
                case TLS_TIMEOUT -> "the connection was taken, but TLS was not answered in time";
                case TIMEOUT -> "no answer in time";
                case CLOSED -> "the connection was closed without an answer";
                case NOT_HTTP -> "the answer is not HTTP";
            };
        }
    }

    public String words() {
        return detail.isEmpty() ? kind.words() : kind.words() + " (" + detail + ")";
    }

    public String code() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
