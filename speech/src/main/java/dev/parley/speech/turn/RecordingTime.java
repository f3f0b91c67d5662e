package dev.parley.speech.turn;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells when sound was recorded. A network that fails delays sound, which then arrives faster than it was spoken; it follows the sound before
 * the gap without a break. Not thread-safe.
 */
public final class RecordingTime {

    /** Longest time between two pieces of sound that is no gap. */
    private static final Duration JITTER = Duration.ofMillis(300);
    /** Longest delay. A front end keeps no more sound. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(15);
    /** Length of sound at the pace of speech after which nothing more is delayed: the rest of it was lost. */
    private static final Duration STEADY = Duration.ofSeconds(1);

    private final boolean replay;
    private Instant arrived = Instant.MAX;
    private Duration delay = Duration.ZERO;
    private Duration steady = Duration.ZERO;

    /** @param replay whether sound that the network lost comes later; otherwise all sound counts as recorded when it arrives */
    public RecordingTime(boolean replay) {
        this.replay = replay;
    }

    /**
     * Returns when the last sample of the next piece was recorded.
     *
     * @param now    the time at which it arrived
     * @param length its length
     */
    public Instant of(Instant now, Duration length) {
        Duration since = arrived.isBefore(now) ? Duration.between(arrived, now) : Duration.ZERO;
        arrived = now;
        if (replay && (delay.isPositive() || since.compareTo(JITTER) > 0)) {
            delayed(since, length);
        }
        return now.minus(delay);
    }

    private void delayed(Duration since, Duration length) {
        steady = since.multipliedBy(2).compareTo(length) >= 0 && since.compareTo(JITTER) <= 0
                ? steady.plus(length)
                : Duration.ZERO;
        Duration next = delay.plus(since).minus(length);
        if (next.isNegative() || steady.compareTo(STEADY) >= 0) {
            delay = Duration.ZERO;
            steady = Duration.ZERO;
        } else {
            delay = next.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : next;
        }
    }
}
