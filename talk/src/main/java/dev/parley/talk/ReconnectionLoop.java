package dev.parley.talk;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Repeats an attempt to connect again until it succeeds or the time is over. Blocks its thread; an interruption ends it.
 *
 * @param attempt tried at once, then after 0.5 s and more, at most 3 s
 * @param timeout after which no further attempt begins
 * @param gaveUp  called with the problem of the last attempt
 */
record ReconnectionLoop(Attempt attempt, Duration timeout, Consumer<String> gaveUp) implements Runnable {
    private static final Duration DELAY = Duration.ofMillis(500);
    private static final Duration MAX_DELAY = Duration.ofSeconds(3);

    /** One attempt. */
    @FunctionalInterface
    interface Attempt {
        /** Returns what prevented it; empty if there is nothing left to try. */
        String problem() throws InterruptedException;
    }

    @Override
    public void run() {
        long begun = System.nanoTime();
        Duration delay = DELAY;
        try {
            String problem = attempt.problem();
            while (!problem.isEmpty()) {
                if (System.nanoTime() - begun > timeout.toNanos()) {
                    gaveUp.accept(problem);
                    return;
                }
                long millis = delay.toMillis();
                Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
                delay = delay.multipliedBy(2).compareTo(MAX_DELAY) < 0 ? delay.multipliedBy(2) : MAX_DELAY;
                problem = attempt.problem();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
