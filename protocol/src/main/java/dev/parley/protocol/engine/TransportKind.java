package dev.parley.protocol.engine;

import java.util.Optional;

/** The two ways in which a session's packets travel. */
public enum TransportKind {
    /** HTTP requests: a GET waits for packets, POSTs bring them. */
    POLLING("polling"),
    /** One WebSocket, a frame for each packet. */
    WEBSOCKET("websocket");

    private final String text;

    TransportKind(String text) {
        this.text = text;
    }

    /** The name on the wire: {@code polling} or {@code websocket}. */
    public String text() {
        return text;
    }

    /** The transport of this name on the wire. */
    public static Optional<TransportKind> parse(String text) {
        for (TransportKind kind : values()) {
            if (kind.text.equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
