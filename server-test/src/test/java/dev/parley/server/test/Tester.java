package dev.parley.server.test;

import dev.parley.server.SocketIoServer;
import java.time.Duration;

/** Helpers of the tests of this module. */
final class Tester {
    private Tester() {}

    /** A server under test whose methods wait as long as a busy machine may need, rather than the five seconds of the default. */
    static SocketIoTest of(SocketIoServer server) {
        return SocketIoTest.of(server).timeout(Duration.ofMinutes(1));
    }

    /** Returns once the thread waits: a handler that calls this shows that the test waits for it. */
    static void awaitWaiting(Thread tester) {
        while (tester.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
