package dev.parley.server.metrics;

import dev.parley.server.ServerListener.ConnectFailure;
import dev.parley.server.ServerListener.Refusal;
import java.util.Locale;

/** Labels the reason of a failed connection. It is the code of a refused request, or why a namespace refused the client. */
enum FailedConnection {
    TRANSPORT,
    SID,
    METHOD,
    REQUEST,
    REVISION,
    FORBIDDEN,
    ORIGIN,
    FULL,
    AUTH,
    NAMESPACE,
    ERROR,
    TIMEOUT;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FailedConnection of(Refusal refusal) {
        return switch (refusal.error()) {
            case UNKNOWN_TRANSPORT -> TRANSPORT;
            case UNKNOWN_SID -> SID;
            case BAD_HANDSHAKE_METHOD -> METHOD;
            case BAD_REQUEST -> REQUEST;
            case UNSUPPORTED_PROTOCOL_VERSION -> REVISION;
            case FORBIDDEN -> switch (refusal.why()) {
                case Refusal.WRONG_ORIGIN -> ORIGIN;
                case Refusal.FULL -> FULL;
                default -> FORBIDDEN;
            };
        };
    }

    static FailedConnection of(ConnectFailure failure) {
        return switch (failure) {
            case AUTH -> AUTH;
            case NAMESPACE -> NAMESPACE;
            case ERROR -> ERROR;
            case TIMEOUT -> TIMEOUT;
        };
    }
}
