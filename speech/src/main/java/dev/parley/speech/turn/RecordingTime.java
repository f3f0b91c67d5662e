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
    /** Time in which the delay must change; otherwise nothing more is delayed: the rest of the sound was lost. */
    private static final Duration STEADY = Duration.ofSeconds(1);
    /** Length of sound within this time without which nothing is known. */
    private static final Duration ENOUGH = Duration.ofMillis(500);

    private final boolean replay;
    private Instant arrived = Instant.MAX;
    private Duration delay = Duration.ZERO;
    /** Since when the delay is observed, its least value since then and in the time before, and the length of the sound. */
    private Instant from = Instant.MAX;

    private Duration least = Duration.ZERO;
    private Duration before = Duration.ZERO;
    private Duration heard = Duration.ZERO;

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
        if (replay && delay.isPositive() && !now.isBefore(from.plus(STEADY))) {
            judge(now, since);
        }
        if (replay && (delay.isPositive() || since.compareTo(JITTER) > 0)) {
            delayed(now, since, length);
        }
        return now.minus(delay);
    }

    /** Compares least values: sound that arrives in bursts has a delay that goes up and down. */
    private void judge(Instant now, Duration since) {
        boolean known = heard.compareTo(ENOUGH) >= 0;
        if (known && least.minus(before).abs().compareTo(JITTER) <= 0) {
            delay = Duration.ZERO;
        } else {
            observe(now, known ? least : delay.plus(since));
        }
    }

    private void observe(Instant now, Duration leastBefore) {
        from = now;
        before = leastBefore;
        least = MAX_DELAY;
        heard = Duration.ZERO;
    }

    private void delayed(Instant now, Duration since, Duration length) {
        boolean begins = delay.isZero();
        Duration next = delay.plus(since).minus(length);
        delay = next.isNegative() ? Duration.ZERO : least(next, MAX_DELAY);
        if (begins) {
            observe(now, delay);
        }
        least = least(least, delay);
        heard = heard.plus(length);
    }

    private static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
