package dev.parley.client;

import java.time.Duration;

/**
 * The attempts to reconnect after a connection is lost.
 *
 * @param attempts maximum number of attempts; 0 for none
 * @param delay    delay before the first attempt; doubles with each
 * @param maxDelay maximum delay
 * @param jitter   the random part of a delay, 0 to 1
 */
public record Reconnection(int attempts, Duration delay, Duration maxDelay, double jitter) {

    public Reconnection {
        if (attempts < 0 || delay.isNegative() || maxDelay.compareTo(delay) < 0 || jitter < 0 || jitter > 1) {
            throw new IllegalArgumentException(
                    "attempts >= 0, 0 <= delay <= maxDelay and 0 <= jitter <= 1 are needed");
        }
    }

    /** Returns 10 attempts after 1 to 5 s, with a jitter of one half. */
    public static Reconnection defaults() {
        return new Reconnection(10, Duration.ofSeconds(1), Duration.ofSeconds(5), 0.5);
    }

    public static Reconnection off() {
        return new Reconnection(0, Duration.ZERO, Duration.ZERO, 0);
    }

    /** Returns the delay before {@code attempt}, counted from 1, for a random number in [0, 1). */
    Duration before(int attempt, double random) {
        double nanos = delay.toNanos() * Math.pow(2, Math.min(attempt - 1, 30));
        double varied = nanos * (1 + jitter * (2 * random - 1));
        return varied < maxDelay.toNanos() ? Duration.ofNanos((long) varied) : maxDelay;
    }
}
