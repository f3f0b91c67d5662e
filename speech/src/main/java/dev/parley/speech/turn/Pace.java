package dev.parley.speech.turn;

import java.time.Duration;

/**
 * A running estimate of the pauses that a speaker makes within a turn, which scales the waits at its end. Not thread-safe.
 *
 * <p>
 * The estimate is a moving average; a pause that was wrongly taken for the end of the turn counts most, because the wait was too short. The
 * waits grow to at most {@value #MAX_FACTOR} times and shrink to at least {@value #MIN_FACTOR} times their base.
 */
final class Pace {

    static final double MIN_FACTOR = 0.94;
    static final double MAX_FACTOR = 1.5;
    private static final double USUAL_MILLIS = 350;
    private static final double WEIGHT = 0.15;
    private static final double WEIGHT_OF_MISTAKE = 0.5;
    private static final double LONGEST_MILLIS = 2_000;

    private double average = USUAL_MILLIS;

    /** Records a pause that the speaker made in the middle of a turn. */
    void paused(Duration pause) {
        add(pause, WEIGHT);
    }

    /** Records a pause that was taken for the end of a turn, although the speaker went on. */
    void mistaken(Duration pause) {
        add(pause, WEIGHT_OF_MISTAKE);
    }

    private void add(Duration pause, double weight) {
        average += weight * (Math.min(LONGEST_MILLIS, (double) pause.toMillis()) - average);
    }

    /** Returns the waits for this speaker. */
    Pauses adapt(Pauses base) {
        return base.scaled(Math.clamp(average / USUAL_MILLIS, MIN_FACTOR, MAX_FACTOR));
    }
}
