package dev.parley.server.engine;

/** What becomes of a WebSocket that names a session. */
public enum Offer {
    /** It may begin to take over from polling. */
    ACCEPTED,
    /** Its handshake is completed, then it is closed: the session has one already. */
    TURNED_AWAY,
    /** Its request is refused: upgrades are off, or the session is closing. */
    REFUSED,
    /** Its request is refused: the session has ended. */
    UNKNOWN
}
