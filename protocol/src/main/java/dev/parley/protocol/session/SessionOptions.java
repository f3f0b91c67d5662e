package dev.parley.protocol.session;

import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The options of a {@link Session}.
 *
 * @param pingInterval   time from a pong to the next ping
 * @param pingTimeout    maximum time from a ping to its pong
 * @param upgradeTimeout maximum time from the request of an upgrade to its end
 * @param linger         maximum time that a closed polling session waits for the poll that fetches its last packets
 * @param maxPayload     maximum size of a request body or message, in bytes; the client is told
 * @param maxPackets     maximum number of packets in a request body
 * @param maxQueued      maximum size of the queue and of poll responses not sent yet, in bytes, with 64 for each packet
 * @param upgrades       whether clients may upgrade to WebSocket
 */
public record SessionOptions(Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout,
        Duration linger, int maxPayload, int maxPackets, long maxQueued, boolean upgrades) {
    /** Clients set a timer to the sum of interval and timeout; JavaScript timers take 31 bits of milliseconds. */
    private static final Duration LONGEST = Duration.ofSeconds(1_000_000);

    /** Shortens durations to at most eleven days. */
    public SessionOptions {
        pingInterval = shorter(pingInterval);
        pingTimeout = shorter(pingTimeout);
        upgradeTimeout = shorter(upgradeTimeout);
        linger = shorter(linger);
    }

    private static Duration shorter(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    /** Returns the server's defaults: a ping every 25 s, a pong within 60 s, messages of 1 MB, a queue of 4 MB. */
    public static SessionOptions defaults() {
        return new SessionOptions(Duration.ofSeconds(25), Duration.ofSeconds(60), Duration.ofSeconds(30),
                Duration.ofSeconds(30), 1_000_000, 20_000, 4_000_000, true);
    }

    /** Returns the JSON object of the handshake. */
    String handshake(String sid, TransportKind transport) {
        List<String> offered = upgrades && transport == TransportKind.POLLING
                ? List.of(TransportKind.WEBSOCKET.text())
                : List.of();
        return new EngineHandshake(sid, offered, pingInterval, pingTimeout, OptionalLong.of(maxPayload))
                .json();
    }
}
