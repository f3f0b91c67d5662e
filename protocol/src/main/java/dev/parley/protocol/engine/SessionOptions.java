package dev.parley.protocol.engine;

import java.time.Duration;

/**
 * What a session is told about itself.
 *
 * @param pingInterval   between a pong and the next ping
 * @param pingTimeout    how long a pong may take
 * @param upgradeTimeout how long a WebSocket may take from its opening to the end of the upgrade
 * @param linger         how long a closed polling session waits for the poll that fetches its last packets
 * @param maxPayload     bytes of one request body or message, announced to the client
 * @param maxPackets     packets in one request body
 * @param maxQueued      bytes waiting for the client, 64 a packet among them, answers to polls that it has not taken yet included
 * @param upgrades       whether an upgrade to WebSocket is offered
 */
public record SessionOptions(Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout,
        Duration linger, int maxPayload, int maxPackets, long maxQueued, boolean upgrades) {
    /** Clients add interval and timeout, and give the sum to a timer that takes 31 bits of milliseconds. */
    private static final Duration LONGEST = Duration.ofSeconds(1_000_000);

    /** Shortens what is longer than eleven days. */
    public SessionOptions {
        pingInterval = shorter(pingInterval);
        pingTimeout = shorter(pingTimeout);
        upgradeTimeout = shorter(upgradeTimeout);
        linger = shorter(linger);
    }

    private static Duration shorter(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    /** The server's defaults: a ping every 25 s, 60 s for its answer, 1 MB a message, 4 MB waiting. */
    public static SessionOptions defaults() {
        return new SessionOptions(Duration.ofSeconds(25), Duration.ofSeconds(60), Duration.ofSeconds(30),
                Duration.ofSeconds(30), 1_000_000, 20_000, 4_000_000, true);
    }

    /** The handshake: what the client has to know. */
    String handshake(String sid, TransportKind transport) {
        String offered = upgrades && transport == TransportKind.POLLING ? "\"websocket\"" : "";
        return "{\"sid\":\"" + sid + "\",\"upgrades\":[" + offered + "],\"pingInterval\":"
                + pingInterval.toMillis() + ",\"pingTimeout\":" + pingTimeout.toMillis() + ",\"maxPayload\":"
                + maxPayload + "}";
    }
}
