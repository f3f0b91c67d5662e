package dev.parley.server.adapter;

import dev.parley.protocol.Durations;
import java.time.Duration;

/**
 * Options of connection state recovery: a client that was lost for a short time gets back its id, rooms, data and the events it missed.
 *
 * @param maxDisconnectionDuration maximum time for which the state of a lost client is kept
 * @param skipMiddlewares          whether the namespace's middleware is skipped for a client that comes back
 * @param maxEvents                events kept for each namespace; the oldest go first
 * @param maxBytes                 characters and bytes of them together
 * @param maxSessions              lost clients remembered for each namespace; the oldest go first
 */
public record RecoveryOptions(Duration maxDisconnectionDuration, boolean skipMiddlewares, int maxEvents,
        long maxBytes, int maxSessions) {
    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException when one of them is not positive; the message names it
     */
    public RecoveryOptions {
        requirePositive("maxDisconnectionDuration", maxDisconnectionDuration,
                maxDisconnectionDuration.isPositive());
        requirePositive("maxEvents", maxEvents, maxEvents > 0);
        requirePositive("maxBytes", maxBytes, maxBytes > 0);
        requirePositive("maxSessions", maxSessions, maxSessions > 0);
        maxDisconnectionDuration = Durations.bounded(maxDisconnectionDuration);
    }

    private static void requirePositive(String name, Object value, boolean positive) {
        if (!positive) {
            throw new IllegalArgumentException(name + " must be positive, and is " + value);
        }
    }

    /** Returns the defaults: two minutes, middleware skipped, 10 000 events or 16 MB, 10 000 clients. */
    public static RecoveryOptions defaults() {
        return within(Duration.ofMinutes(2));
    }

    /** Returns {@link #defaults} with another maximum time. */
    public static RecoveryOptions within(Duration maxDisconnectionDuration) {
        return new RecoveryOptions(maxDisconnectionDuration, true, 10_000, 16_000_000, 10_000);
    }

    /** Returns a copy with another {@link #maxDisconnectionDuration}, which must be positive. */
    public RecoveryOptions withMaxDisconnectionDuration(Duration value) {
        return new RecoveryOptions(value, skipMiddlewares, maxEvents, maxBytes, maxSessions);
    }

    /** Returns a copy that skips the namespace's middleware for recovered clients, or does not. */
    public RecoveryOptions withSkipMiddlewares(boolean value) {
        return new RecoveryOptions(maxDisconnectionDuration, value, maxEvents, maxBytes, maxSessions);
    }

    /** Returns a copy that keeps at most this many events of each namespace, at least one. */
    public RecoveryOptions withMaxEvents(int value) {
        return new RecoveryOptions(maxDisconnectionDuration, skipMiddlewares, value, maxBytes, maxSessions);
    }

    /** Returns a copy that keeps at most this many characters and bytes of events in each namespace, at least one. */
    public RecoveryOptions withMaxBytes(long value) {
        return new RecoveryOptions(maxDisconnectionDuration, skipMiddlewares, maxEvents, value, maxSessions);
    }

    /** Returns a copy that keeps the state of at most this many lost clients of each namespace, at least one. */
    public RecoveryOptions withMaxSessions(int value) {
        return new RecoveryOptions(maxDisconnectionDuration, skipMiddlewares, maxEvents, maxBytes, value);
    }
}
