package dev.parley.client;

/** Which transports a client uses, and in which order. */
public enum TransportMode {
    /** HTTP long polling, and nothing else. */
    POLLING,
    /** A WebSocket from the start. */
    WEBSOCKET,
    /** Polling first, then a WebSocket if it can be had; the default of every Socket.IO client. */
    UPGRADE
}
