package dev.parley.bench;

import java.time.Duration;

/**
 * How long things go on.
 *
 * @param warmUp   seconds of processor time that each server gets to spend before it is measured in a scenario
 * @param warmTime how long it may take over them
 * @param window   of one measurement
 * @param rounds   how often each server has its turn
 * @param upgrades clients in each round of the storm
 * @param idle     idle connections
 * @param variants whether Parley's other handlers are measured everywhere
 */
record Pace(double warmUp, Duration warmTime, Duration window, int rounds, int upgrades, int idle,
        boolean variants) {
    static Pace full() {
        return new Pace(8, Duration.ofSeconds(25), Duration.ofSeconds(3), 5, 1_000, 10_000, true);
    }

    static Pace quick() {
        return new Pace(1.5, Duration.ofSeconds(4), Duration.ofMillis(600), 3, 300, 2_000, false);
    }
}
