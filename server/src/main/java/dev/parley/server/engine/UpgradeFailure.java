package dev.parley.server.engine;

import dev.parley.protocol.engine.SessionInput;

/** Why a WebSocket did not take over from polling. */
public enum UpgradeFailure {
    /** The request was no WebSocket handshake when it arrived: something on the way took its headers. */
    HEADERS,
    /** The session has a WebSocket already, or upgrades are off, or it is closing. */
    REFUSED,
    /** The WebSocket was closed, or broke, before it took over. */
    LOST,
    /** It said something else than the probe. */
    PROBE,
    /** It took longer than {@code upgradeTimeout}. */
    TIMEOUT,
    /** The session ended meanwhile. */
    CLOSED;

    /** Why a session closed the WebSocket, by the input at which it did. */
    static UpgradeFailure of(SessionInput cause) {
        return switch (cause) {
            case SessionInput.Tick tick -> TIMEOUT;
            case SessionInput.TextReceived received -> PROBE;
            case SessionInput.MessageReceived received -> PROBE;
            case SessionInput.BinaryReceived received -> PROBE;
            default -> CLOSED;
        };
    }
}
