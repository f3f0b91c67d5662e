package dev.parley.voice.nova;

import java.time.Duration;

/**
 * When and how a conversation changes from one stream to the next. All times count from the opening of the stream.
 *
 * @param renewAfter       from here on the next quiet point is taken
 * @param forceAfter       from here on any moment is taken in which no word is lost
 * @param cutAfter         here the stream is left, whatever is going on; before the service's own eight minutes
 * @param credentialMargin how long before credentials run out a stream counts as {@code renewAfter} old
 * @param quiet            how long nobody speaks at a quiet point
 * @param carryOver        the user's latest sound that the next stream hears again
 * @param outage           the same while there is no stream at all, or speech in it that was not understood yet
 * @param moveWait         how long the next stream may take to answer before it is given up
 * @param restarts         failures in a row that are mended; one more is told
 * @param backOff          before the first restart; doubled for each further one, and up to as much again by chance
 * @param historyMessages  what a new stream is told of what was said
 * @param historyBytes     and its size in UTF-8
 */
public record RelayOptions(Duration renewAfter, Duration forceAfter, Duration cutAfter,
        Duration credentialMargin, Duration quiet, Duration carryOver, Duration outage, Duration moveWait,
        int restarts, Duration backOff, int historyMessages, int historyBytes) {

    public RelayOptions {
        if (renewAfter.compareTo(forceAfter) > 0 || forceAfter.compareTo(cutAfter) > 0) {
            throw new IllegalArgumentException("renewAfter, forceAfter and cutAfter must follow one another");
        }
    }

    /** For a service that ends a stream after eight minutes. */
    public static RelayOptions defaults() {
        return new RelayOptions(Duration.ofMinutes(6), Duration.ofSeconds(440), Duration.ofSeconds(470),
                Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10),
                Duration.ofSeconds(5), 3, Duration.ofMillis(250), 40, 40_000);
    }

    /** For a stand-in whose eight minutes pass {@code factor} times as fast. Speech does not, and so the other times stay. */
    public RelayOptions sped(double factor) {
        return new RelayOptions(over(renewAfter, factor), over(forceAfter, factor), over(cutAfter, factor),
                over(credentialMargin, factor), quiet, carryOver, outage, moveWait, restarts, backOff,
                historyMessages, historyBytes);
    }

    public RelayOptions withBackOff(Duration value) {
        return new RelayOptions(renewAfter, forceAfter, cutAfter, credentialMargin, quiet, carryOver, outage,
                moveWait, restarts, value, historyMessages, historyBytes);
    }

    private static Duration over(Duration time, double factor) {
        return Duration.ofNanos(Math.round(time.toNanos() / factor));
    }
}
