package dev.parley.client;

import java.time.Duration;

/**
 * What a client holds and how long it waits.
 *
 * @param connect      for the whole of {@link SocketClient#connect()}: handshake and namespace
 * @param upgrade      for the probe and the move to WebSocket; after it the connection stays on polling
 * @param send         how long {@code emit} waits for room, and one write to the network may take
 * @param messageBytes the largest message or polling body taken from the server; a larger one ends the connection
 * @param queuedBytes  written but not yet sent; {@code emit} waits while there is more
 * @param queuedEvents received but not yet handled; the connection is not read while there are more
 */
public record Limits(Duration connect, Duration upgrade, Duration send, int messageBytes, int queuedBytes,
        int queuedEvents) {

    public Limits {
        if (messageBytes < 1 || queuedBytes < 1 || queuedEvents < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }

    public static Limits defaults() {
        return new Limits(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20), 16 << 20,
                4 << 20, 4_096);
    }

    public Limits withConnect(Duration connect) {
        return new Limits(connect, upgrade, send, messageBytes, queuedBytes, queuedEvents);
    }
}
