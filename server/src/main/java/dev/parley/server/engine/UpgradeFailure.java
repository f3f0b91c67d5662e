package dev.parley.server.engine;

/** Why a WebSocket did not take over from polling. */
public enum UpgradeFailure {
    /** The request was no WebSocket handshake when it arrived: something on the way took its headers. */
    HEADERS,
    /** The session has a WebSocket already, or upgrades are off. */
    REFUSED,
    /** The WebSocket was closed, or broke, before it took over. */
    LOST,
    /** It said something else than the probe. */
    PROBE,
    /** It took longer than {@code upgradeTimeout}. */
    TIMEOUT,
    /** The session ended meanwhile. */
    CLOSED
}
