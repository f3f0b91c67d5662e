package dev.parley.bench.driver;

/**
 * The shape of a load.
 *
 * @param connections clients
 * @param perSecond   messages per second and client; 0 for a closed loop, which sends the next message when the echo of the last has arrived
 * @param polling     over polling rather than WebSocket
 * @param kind        kind of message
 * @param event       the event's name
 * @param handshake   whether clients speak Engine.IO and Socket.IO; false for the floor, a bare server
 */
public record Shape(int connections, int perSecond, boolean polling, Kind kind, String event,
        boolean handshake) {
    /** Characters of base64, or bytes. */
    public static final int PAYLOAD = 1024;

    /** Kind of message. */
    public enum Kind {
        TEXT,
        BINARY,
        /** One client sends, and the server sends it to all. */
        BROADCAST
    }
}
