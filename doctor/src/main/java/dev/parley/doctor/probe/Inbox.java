package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Outcome;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a session received and nobody took yet: {@value #LIMIT} packets, then the reader waits. Thread-safe. */
final class Inbox {
    private static final int LIMIT = 4_096;

    private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>(LIMIT);
    private volatile @Nullable Outcome ended;

    void put(EnginePacket packet) throws InterruptedException {
        queue.put(packet);
    }

    void end(Outcome how) {
        ended = how;
        // Wakes who waits; when the queue is full nobody does.
        boolean unused = queue.offer(how);
    }

    /** The next packet; null if none came in time. Throws what ended the session once everything before was taken. */
    @Nullable EnginePacket next(Duration timeout) throws SessionEnded, InterruptedException {
        Object next = queue.poll(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
        if (next instanceof EnginePacket packet) {
            return packet;
        }
        Outcome how = ended;
        if (how != null) {
            throw new SessionEnded(how);
        }
        return null;
    }
}
