package dev.parley.client;

import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Packets that wait to be sent. Thread-safe: anyone puts, one writer takes.
 *
 * <p>
 * Limit: a number of bytes. Policy: who puts waits for room, for a bounded time; nothing is ever dropped. A group that is larger than
 * the limit by itself passes when the box is empty. The answers to pings pass at once.
 */
final class Outbox {
    private static final int PACKET_OVERHEAD = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<EnginePacket> packets = new ArrayDeque<>();
    private final int limit;
    private long bytes;
    private boolean writing;
    private boolean closed;

    Outbox(int limit) {
        this.limit = limit;
    }

    /** Puts packets that belong together. */
    void put(List<EnginePacket> group, Duration patience) throws InterruptedException {
        long size = group.stream().mapToLong(Outbox::size).sum();
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && bytes > 0 && bytes + size > limit) {
                if (left <= 0) {
                    throw new ClientException(Kind.TIMEOUT, "The server takes what is sent too slowly.");
                }
                left = changed.awaitNanos(left);
            }
            if (closed) {
                throw new ClientException(Kind.CLOSED, "The connection is closed.");
            }
            packets.addAll(group);
            bytes += size;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Puts without waiting, whatever the limit: for the few packets that Engine.IO itself needs. */
    void putUrgent(EnginePacket packet) {
        lock.lock();
        try {
            if (!closed) {
                packets.addLast(packet);
                bytes += size(packet);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for packets and takes up to {@code maxBytes} of them, at least one; none once closed. Ends the former batch. */
    List<EnginePacket> take(long maxBytes) throws InterruptedException {
        var batch = new ArrayList<EnginePacket>();
        lock.lockInterruptibly();
        try {
            writing = false;
            changed.signalAll();
            while (packets.isEmpty() && !closed) {
                changed.await();
            }
            long taken = 0;
            while (!packets.isEmpty() && !closed
                    && (batch.isEmpty() || taken + size(packets.getFirst()) <= maxBytes)) {
                var packet = packets.removeFirst();
                taken += size(packet);
                batch.add(packet);
            }
            bytes -= taken;
            writing = !batch.isEmpty();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return batch;
    }

    /** Waits until everything has been sent, but no longer than {@code patience}. */
    void drain(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && (writing || !packets.isEmpty()) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            packets.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What a packet takes in a polling body, at most: base64 for bytes, up to three bytes a character for text. */
    private static long size(EnginePacket packet) {
        return PACKET_OVERHEAD + switch (packet) {
            case EnginePacket.Message message -> utf8(message.text());
            case EnginePacket.Binary binary -> (binary.data().length + 2) / 3 * 4L;
            case EnginePacket.Open open -> utf8(open.json());
            case EnginePacket.Ping ping -> ping.data().length();
            case EnginePacket.Pong pong -> pong.data().length();
            case EnginePacket.Close close -> 0;
            case EnginePacket.Upgrade upgrade -> 0;
            case EnginePacket.Noop noop -> 0;
        };
    }

    private static long utf8(String text) {
        long length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 0 : c < 0x800 ? 1 : Character.isSurrogate(c) ? 1 : 2;
        }
        return length;
    }
}
