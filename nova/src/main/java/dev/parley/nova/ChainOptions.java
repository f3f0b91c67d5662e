package dev.parley.nova;

import java.time.Duration;

/**
 * Options of a {@link StreamChain}: when and how a conversation changes from one stream to the next. Ages count from the opening of the stream.
 *
 * @param renewAfter       age from which the next quiet point is taken
 * @param forceAfter       age from which any moment is taken in which no word is lost
 * @param cutAfter         age at which the stream is left, whatever is going on; before the service's own eight minutes
 * @param credentialMargin time before its credentials expire at which a stream counts as {@code renewAfter} old
 * @param quiet            length of the silence that makes a quiet point
 * @param carryOver        length of the user's latest audio that the next stream hears again
 * @param outage           the same while no stream is open, or while the audio holds speech without a text; older speech is lost
 * @param moveWait         timeout for the next stream to answer
 * @param restarts         maximum of restarts in a row; one more failure ends the conversation
 * @param backOff          wait before the first restart; doubled for each further one, and increased by up to as much again at random
 * @param historyMessages  maximum of messages in the history that a new stream is given
 * @param historyBytes     maximum size of that history, in bytes of UTF-8
 */
public record ChainOptions(Duration renewAfter, Duration forceAfter, Duration cutAfter,
        Duration credentialMargin, Duration quiet, Duration carryOver, Duration outage, Duration moveWait,
        int restarts, Duration backOff, int historyMessages, int historyBytes) {

    public ChainOptions {
        if (renewAfter.compareTo(forceAfter) > 0 || forceAfter.compareTo(cutAfter) > 0) {
            throw new IllegalArgumentException("renewAfter, forceAfter and cutAfter must follow one another");
        }
    }

    /** Returns the options for a service that ends a stream after eight minutes. */
    public static ChainOptions defaults() {
        return new ChainOptions(Duration.ofMinutes(6), Duration.ofSeconds(440), Duration.ofSeconds(470),
                Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(20),
                Duration.ofSeconds(5), 3, Duration.ofMillis(250), 40, 40_000);
    }

    /** Returns options for an emulator whose eight minutes pass {@code factor} times as fast. The times of speech do not change. */
    public ChainOptions sped(double factor) {
        return new ChainOptions(over(renewAfter, factor), over(forceAfter, factor), over(cutAfter, factor),
                over(credentialMargin, factor), quiet, carryOver, outage, moveWait, restarts, backOff,
                historyMessages, historyBytes);
    }

    public ChainOptions withBackOff(Duration value) {
        return new ChainOptions(renewAfter, forceAfter, cutAfter, credentialMargin, quiet, carryOver, outage,
                moveWait, restarts, value, historyMessages, historyBytes);
    }

    private static Duration over(Duration time, double factor) {
        return Duration.ofNanos(Math.round(time.toNanos() / factor));
    }
}
