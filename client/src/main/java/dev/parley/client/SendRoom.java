package dev.parley.client;

import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.session.ClientSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits the bytes that are queued but not sent. Thread-safe.
 *
 * <p>
 * Limit: a number of bytes. Policy: senders wait for room, for a bounded time; nothing is dropped. A group of packets that is larger than the
 * limit fits if nothing is queued. Packets of Engine.IO itself, such as pongs, are not counted.
 */
final class SendRoom {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int limit;
    private long bytes;
    private boolean closed;

    SendRoom(int limit) {
        this.limit = limit;
    }

    /** Waits for room and counts {@code size} bytes; throws {@link ClientException}. */
    void take(long size, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && bytes > 0 && bytes + size > limit) {
                if (left <= 0) {
                    throw new ClientException(Kind.TIMEOUT, "The server takes what is sent too slowly.");
                }
                left = changed.awaitNanos(left);
            }
            if (closed) {
                throw closed();
            }
            bytes += size;
        } finally {
            lock.unlock();
        }
    }

    /** Frees the bytes of packets that are being sent. */
    void give(List<EnginePacket> packets) {
        long size = ClientSession.size(packets.stream()
                .filter(packet -> packet instanceof EnginePacket.Message
                        || packet instanceof EnginePacket.Binary)
                .toList());
        lock.lock();
        try {
            bytes -= size;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The failure of a sender after the end. */
    static ClientException closed() {
        return new ClientException(Kind.CLOSED, "The connection is closed.");
    }

    /** Refuses all senders from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
