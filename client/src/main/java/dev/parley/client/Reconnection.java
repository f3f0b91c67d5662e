package dev.parley.client;

import java.time.Duration;

/**
 * How often and how soon a lost connection is made again.
 *
 * @param attempts tries after a loss before giving up; 0 for none
 * @param delay    before the first try; it doubles with each
 * @param maxDelay the delay never grows beyond this
 * @param jitter   by which share a delay varies at random, 0 to 1
 */
public record Reconnection(int attempts, Duration delay, Duration maxDelay, double jitter) {

    public Reconnection {
        if (attempts < 0 || delay.isNegative() || maxDelay.compareTo(delay) < 0 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException(
                    "attempts >= 0, 0 <= delay <= maxDelay and 0 <= jitter <= 1 are needed");
        }
    }

    /** The defaults of the browser's client: 10 attempts, 1 to 5 s, varied by half. */
    public static Reconnection defaults() {
        return new Reconnection(10, Duration.ofSeconds(1), Duration.ofSeconds(5), 0.5);
    }

    public static Reconnection off() {
        return new Reconnection(0, Duration.ZERO, Duration.ZERO, 0);
    }

    /** The wait before {@code attempt} (from 1), given a random number in [0, 1). */
    Duration before(int attempt, double random) {
        double nanos = delay.toNanos() * Math.pow(2, Math.min(attempt - 1, 30));
        double varied = nanos * (1 + jitter * (2 * random - 1));
        return varied < maxDelay.toNanos() ? Duration.ofNanos((long) varied) : maxDelay;
    }
}
