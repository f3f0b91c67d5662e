package dev.parley.client;

import java.time.Duration;

/**
 * The limits of a client.
 *
 * @param connect      maximum time of {@link SocketClient#connect()}: handshake and namespace
 * @param upgrade      maximum time of each step of an upgrade; after it the connection stays on polling
 * @param send         maximum time that {@code emit} waits for room, and that one write to the network takes
 * @param messageBytes maximum size of a message or poll response of the server; a larger one ends the connection
 * @param queuedBytes  maximum size of the packets that are not sent yet; {@code emit} waits while there are more
 * @param queuedEvents maximum number of received events that wait for handlers; the connection is not read while there are more
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
