package dev.parley.doctor.session;

import dev.parley.doctor.evidence.Outcome;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds received packets until they are read. At most {@value #LIMIT}. Thread-safe. */
final class PacketQueue {
    private static final int LIMIT = 4_096;

    private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>(LIMIT);
    private volatile @Nullable Outcome ended;

    /** Adds a packet; returns false if the queue is full. */
    boolean offer(EnginePacket packet) {
        return queue.offer(packet);
    }

    void end(Outcome how) {
        ended = how;
        // Wakes a waiting reader; when the queue is full, nobody waits.
        boolean unused = queue.offer(how);
    }

    /** Returns the next packet, or null after {@code timeout}. Throws after the last packet of an ended session. */
    @Nullable EnginePacket next(Duration timeout) throws SessionEndedException, InterruptedException {
        Object next = queue.poll(Math.max(0, timeout.toNanos()), TimeUnit.NANOSECONDS);
        if (next instanceof EnginePacket packet) {
            return packet;
        }
        Outcome how = ended;
        if (how != null) {
            throw new SessionEndedException(how);
        }
        return null;
    }
}
