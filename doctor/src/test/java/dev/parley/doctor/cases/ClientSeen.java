package dev.parley.doctor.cases;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a published client experienced: whether it connected, by which transport first, whether it upgraded, and the text of its first error. */
record ClientSeen(boolean connected, @Nullable String transport, boolean upgraded, @Nullable String error) {

    /** Returns what speaks against an expectation, or against the state if there is none. */
    Optional<String> against(Case played) {
        String expected = played.one("client").orElse(switch (played.state()) {
            case HEALTHY -> "upgraded";
            case IMPAIRED -> "connected";
            case BROKEN -> "failed";
            case UNKNOWN -> "anything";
        });
        boolean agrees = switch (expected) {
            case "upgraded" -> connected && (upgraded || "websocket".equals(transport));
            case "polling" -> connected && !upgraded && "polling".equals(transport);
            case "websocket" -> connected && "websocket".equals(transport);
            case "connected" -> connected;
            case "failed" -> !connected;
            case "anything" -> true;
            default -> throw new IllegalArgumentException("no such expectation: " + expected);
        };
        return agrees ? Optional.empty() : Optional.of("the client should be " + expected + ", but: " + this);
    }

    @Override
    public String toString() {
        return connected ? "connected by " + transport + (upgraded ? ", upgraded" : "") : "failed: " + error;
    }
}
