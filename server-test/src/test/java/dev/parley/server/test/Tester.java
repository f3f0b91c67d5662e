package dev.parley.server.test;

/** The thread of a test, as its handlers see it. */
final class Tester {
    private Tester() {}

    /** Returns once the thread waits: a handler that calls this shows that the test waits for it. */
    static void awaitWaiting(Thread tester) {
        while (tester.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
