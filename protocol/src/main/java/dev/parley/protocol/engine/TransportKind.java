package dev.parley.protocol.engine;

import java.util.Optional;

/** A transport of a session's packets. */
public enum TransportKind {
    /** HTTP long polling: a pending GET receives packets, POSTs send them. */
    POLLING("polling"),
    /** One WebSocket, with a message for each packet. */
    WEBSOCKET("websocket");

    private final String text;

    TransportKind(String text) {
        this.text = text;
    }

    /** Returns the name in requests: {@code polling} or {@code websocket}. */
    public String text() {
        return text;
    }

    /** Returns the transport with this name in requests. */
    public static Optional<TransportKind> parse(String text) {
        for (TransportKind kind : values()) {
            if (kind.text.equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
