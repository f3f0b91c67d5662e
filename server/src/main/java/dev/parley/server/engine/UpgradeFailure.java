package dev.parley.server.engine;

import dev.parley.protocol.session.SessionInput;

/** Why a WebSocket did not replace polling. */
public enum UpgradeFailure {
    /** The request was not a WebSocket handshake: a proxy removed its headers. */
    HEADERS,
    /** The session has a WebSocket already, upgrades are off, or the session is closing. */
    REFUSED,
    /** The WebSocket was closed, failed, or could not be opened. */
    LOST,
    /** The WebSocket's first message was not the probe, or its second not the upgrade packet. */
    PROBE,
    /** The upgrade took longer than {@code upgradeTimeout}. */
    TIMEOUT,
    /** The session ended meanwhile. */
    CLOSED;

    /** Returns the failure of an upgrade that this input ended. */
    static UpgradeFailure of(SessionInput cause) {
        return switch (cause) {
            case SessionInput.Tick tick -> TIMEOUT;
            case SessionInput.TextReceived received -> PROBE;
            case SessionInput.MessageReceived received -> PROBE;
            case SessionInput.BinaryReceived received -> PROBE;
            case SessionInput.WebSocketLost lost -> LOST;
            case SessionInput.WebSocketFailed failed -> LOST;
            case SessionInput.WebSocketNotOpened lost -> LOST;
            default -> CLOSED;
        };
    }
}
