package dev.parley.server.internal.core;

import dev.parley.protocol.Durations;
import dev.parley.server.Socket;
import dev.parley.server.internal.namespace.NamespaceMember;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Disconnects clients evenly over a period. Blocks its caller. Not thread-safe: one thread uses it. */
final class Drain {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Supplier<List<NamespaceMember>> sockets;
    private final Predicate<Socket> busy;

    Drain(Supplier<List<NamespaceMember>> sockets, Predicate<Socket> busy) {
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
                        .forEach(NamespaceMember::moveAway);
            }
            Thread.sleep(TICK);
        }
    }

    /** Returns how many clients to disconnect now, so that all are disconnected in half of the time left. The rest is for busy clients. */
    static long batch(int clients, long nanosLeft) {
        long ticks = Math.max(1, nanosLeft / 2 / TICK.toNanos());
        return (clients + ticks - 1) / ticks;
    }
}
