package dev.parley.server.adapter;

import dev.parley.protocol.Durations;
import java.time.Duration;

/**
 * How clients that were lost for a short time get back what they had: id, rooms, data and the events they missed.
 *
 * @param maxDisconnectionDuration how long a lost client's things are kept
 * @param skipMiddlewares          whether one that comes back is not asked again by the namespace's middleware
 * @param maxEvents                events kept for each namespace; the oldest go first
 * @param maxBytes                 characters and bytes of them together
 * @param maxSessions              lost clients remembered for each namespace; the oldest go first
 */
public record RecoveryOptions(Duration maxDisconnectionDuration, boolean skipMiddlewares, int maxEvents,
        long maxBytes, int maxSessions) {
    /**
     * Checks.
     *
     * @throws IllegalArgumentException when a limit is not positive
     */
    public RecoveryOptions {
        if (!maxDisconnectionDuration.isPositive() || maxEvents < 1 || maxBytes < 1 || maxSessions < 1) {
            throw new IllegalArgumentException("a limit is not positive");
        }
        maxDisconnectionDuration = Durations.bounded(maxDisconnectionDuration);
    }

    /** Two minutes, middleware skipped, as the reference; 10 000 events or 16 MB, 10 000 clients. */
    public static RecoveryOptions defaults() {
        return within(Duration.ofMinutes(2));
    }

    /** {@link #defaults} with another time. */
    public static RecoveryOptions within(Duration maxDisconnectionDuration) {
        return new RecoveryOptions(maxDisconnectionDuration, true, 10_000, 16_000_000, 10_000);
    }

    /** With another {@link #maxDisconnectionDuration}, which is positive. */
    public RecoveryOptions withMaxDisconnectionDuration(Duration value) {
        return new RecoveryOptions(value, skipMiddlewares, maxEvents, maxBytes, maxSessions);
    }

    /** Whether one that comes back is not asked again by the namespace's middleware. */
    public RecoveryOptions withSkipMiddlewares(boolean value) {
        return new RecoveryOptions(maxDisconnectionDuration, value, maxEvents, maxBytes, maxSessions);
    }

    /** With room for so many events of each namespace, at least one. */
    public RecoveryOptions withMaxEvents(int value) {
        return new RecoveryOptions(maxDisconnectionDuration, skipMiddlewares, value, maxBytes, maxSessions);
    }

    /** With room for so many characters and bytes of them, at least one. */
    public RecoveryOptions withMaxBytes(long value) {
        return new RecoveryOptions(maxDisconnectionDuration, skipMiddlewares, maxEvents, value, maxSessions);
    }

    /** With so many lost clients remembered for each namespace, at least one. */
    public RecoveryOptions withMaxSessions(int value) {
        return new RecoveryOptions(maxDisconnectionDuration, skipMiddlewares, maxEvents, maxBytes, value);
    }
}
