package dev.parley.cluster.redis;

import java.time.Duration;

/**
 * Limits of the connections to Redis.
 *
 * @param maxPendingMessages messages that Redis has not confirmed yet; further ones are dropped
 * @param maxPendingBytes    bytes of them together
 * @param connectTimeout     how long one attempt to connect may take
 * @param maxReconnectDelay  longest pause between two attempts to reconnect
 * @param pingInterval       pause between two pings of a connection, and how long a response may take before it is
 *                           disconnected and connected again. Longer than the 5 s for which a stream is waited for
 */
public record LinkLimits(int maxPendingMessages, long maxPendingBytes, Duration connectTimeout,
        Duration maxReconnectDelay, Duration pingInterval) {
    /** Returns the defaults: 100 000 messages, 32 MB, 5 s, 5 s, 15 s. */
    public static LinkLimits defaults() {
        return new LinkLimits(100_000, 32_000_000, Duration.ofSeconds(5), Duration.ofSeconds(5),
                Duration.ofSeconds(15));
    }
}
