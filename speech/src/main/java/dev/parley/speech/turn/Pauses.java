package dev.parley.speech.turn;

import java.time.Duration;

/**
 * Durations of silence that trigger the steps of a turn.
 *
 * @param decode     silence that starts recognition, in case the turn is over
 * @param finished   silence that ends a turn whose text reads as a finished sentence
 * @param unfinished silence that ends any turn
 */
public record Pauses(Duration decode, Duration finished, Duration unfinished) {

    public Pauses {
        if (decode.isNegative() || finished.compareTo(decode) < 0 || unfinished.compareTo(finished) < 0) {
            throw new IllegalArgumentException(
                    "pauses must grow: " + decode + ", " + finished + ", " + unfinished);
        }
    }

    /** Returns 192, 320 and 640 ms: quick, and right for most people who speak without a script. */
    public static Pauses defaults() {
        return new Pauses(Duration.ofMillis(192), Duration.ofMillis(320), Duration.ofMillis(640));
    }

    /** Returns the same pauses with longer or shorter ends of turn. The start of recognition is unchanged. */
    public Pauses scaled(double factor) {
        return new Pauses(decode, longer(decode, scale(finished, factor)),
                longer(decode, scale(unfinished, factor)));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration scale(Duration pause, double factor) {
        return Duration.ofMillis(Math.round(pause.toMillis() * factor));
    }
}
