package dev.parley.server;

import dev.parley.protocol.Durations;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Moves clients away evenly over a time. Blocks its caller, who is the only one to use it. */
final class Drain {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Supplier<List<ClientSocket>> sockets;
    private final Predicate<Socket> busy;

    Drain(Supplier<List<ClientSocket>> sockets, Predicate<Socket> busy) {
        this.sockets = sockets;
        this.busy = busy;
    }

    void run(Duration notice, Duration grace) throws InterruptedException {
        long start = System.nanoTime();
        long quiet = start + Durations.nanos(Durations.bounded(notice));
        long end = start + Durations.nanos(Durations.bounded(grace));
        while (System.nanoTime() - end < 0) {
            var left = sockets.get();
            if (left.isEmpty()) {
                return;
            }
            if (System.nanoTime() - quiet >= 0) {
                left.stream()
                        .filter(socket -> !busy.test(socket))
                        .limit(batch(left.size(), end - System.nanoTime()))
                        .forEach(ClientSocket::moveAway);
            }
            Thread.sleep(TICK);
        }
    }

    /** How many are to go now, so that all have gone when half of the time that is left is over: the rest is for those who are busy. */
    static long batch(int clients, long nanosLeft) {
        long ticks = Math.max(1, nanosLeft / 2 / TICK.toNanos());
        return (clients + ticks - 1) / ticks;
    }
}
