package dev.parley.speech.turn;

import java.time.Duration;

/**
 * Durations of silence that trigger the steps of a turn.
 *
 * @param decode     silence that starts recognition, in case the turn is over
 * @param complete   silence that ends a turn whose words are {@link Completeness#COMPLETE}
 * @param open       silence that ends a turn whose words are {@link Completeness#OPEN}
 * @param unfinished silence that ends any turn
 */
public record Pauses(Duration decode, Duration complete, Duration open, Duration unfinished) {

    public Pauses {
        if (decode.isNegative() || complete.compareTo(decode) < 0 || open.compareTo(complete) < 0
                || unfinished.compareTo(open) < 0) {
            throw new IllegalArgumentException(
                    "pauses must grow: " + decode + ", " + complete + ", " + open + ", " + unfinished);
        }
    }

    /** Returns 192, 320, 640 and 1600 ms. */
    public static Pauses defaults() {
        return new Pauses(Duration.ofMillis(192), Duration.ofMillis(320), Duration.ofMillis(640),
                Duration.ofMillis(1_600));
    }

    /** Returns the same pauses with longer or shorter ends of turn. The start of recognition is unchanged. */
    public Pauses scaled(double factor) {
        return new Pauses(decode, scale(complete, factor), scale(open, factor), scale(unfinished, factor));
    }

    Duration after(Completeness words) {
        return switch (words) {
            case COMPLETE -> complete;
            case OPEN -> open;
            case UNFINISHED -> unfinished;
        };
    }

    private Duration scale(Duration pause, double factor) {
        var scaled = Duration.ofMillis(Math.round(pause.toMillis() * factor));
        return scaled.compareTo(decode) > 0 ? scaled : decode;
    }
}
