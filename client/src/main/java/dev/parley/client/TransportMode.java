package dev.parley.client;

/** The transports that a client uses, and their order. */
public enum TransportMode {
    /** HTTP long polling only. */
    POLLING,
    /** WebSocket only. */
    WEBSOCKET,
    /** Polling, then an upgrade to WebSocket if possible: the default of all Socket.IO clients. */
    UPGRADE
}
