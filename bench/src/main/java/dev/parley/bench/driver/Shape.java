package dev.parley.bench.driver;

/**
 * What a load looks like.
 *
 * @param connections clients
 * @param perSecond   messages a second and client; 0 for a closed loop, where the next goes out when the echo is in
 * @param polling     over polling rather than WebSocket
 * @param kind        what is sent
 * @param event       the event's name
 * @param handshake   whether there is Engine.IO and Socket.IO to be spoken; not so with the floor
 */
public record Shape(int connections, int perSecond, boolean polling, Kind kind, String event,
        boolean handshake) {
    /** Characters of base64, or bytes. */
    public static final int PAYLOAD = 1024;

    /** What a message is. */
    public enum Kind {
        TEXT,
        BINARY,
        /** One client sends, and the server sends it to all. */
        BROADCAST
    }
}
