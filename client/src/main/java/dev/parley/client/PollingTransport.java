package dev.parley.client;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * HTTP long polling: a thread that always has a GET hanging, and a POST for each batch. Engine.IO allows one of each at a time.
 *
 * <p>
 * {@link #pause} lets the poller rest after the GET in flight, as an upgrade needs it; {@link #resume} wakes it again.
 */
final class PollingTransport implements Transport {
    private static final int MAX_PACKETS = 100_000;

    private final Wire wire;
    private final Sink sink;
    private String sid = "";
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean paused;
    private boolean resting;
    private volatile boolean ended;
    private volatile @Nullable Thread poller;

    PollingTransport(Wire wire, Sink sink) {
        this.wire = wire;
        this.sink = sink;
    }

    /** Asks for a session. Whatever came with the handshake is delivered once {@link #poll} is called. */
    List<EnginePacket> handshake(Duration timeout) throws IOException, InterruptedException {
        try {
            return EngineCodec.decodePayload(wire.get(wire.address().polling(), timeout), MAX_PACKETS);
        } catch (MalformedPacketException e) {
            throw new ClientException(ClientException.Kind.NOT_SOCKET_IO,
                    wire.address().page() + " answered something that is not Socket.IO.", 200);
        }
    }

    /** Starts to poll, first delivering {@code early}. */
    void poll(String sid, List<EnginePacket> early) {
        this.sid = sid;
        poller = Thread.ofVirtual().name("parley-client-poll").start(() -> run(early));
        if (ended) {
            abort();
        }
    }

    @Override
    public String name() {
        return "polling";
    }

    @Override
    public void send(List<EnginePacket> packets) throws IOException, InterruptedException {
        wire.post(wire.address().polling(sid), EngineCodec.encodePayload(packets));
    }

    /** Waits until the GET in flight has been answered and no other follows; false if that did not come in time. */
    boolean pause(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            paused = true;
            while (!resting && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return resting;
        } finally {
            lock.unlock();
        }
    }

    void resume() {
        lock.lock();
        try {
            paused = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void abort() {
        ended = true;
        var thread = poller;
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
    }

    private void run(List<EnginePacket> early) {
        try {
            deliver(early);
            while (!ended) {
                restIfPaused();
                deliver(EngineCodec.decodePayload(wire.get(wire.address().polling(sid)), MAX_PACKETS));
            }
        } catch (IOException | ClientException e) {
            lost("transport error: " + Failures.of(wire.address(), e).getMessage());
        } catch (MalformedPacketException e) {
            lost("parse error: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restIfPaused() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (paused) {
                resting = true;
                changed.signalAll();
                changed.await();
            }
            resting = false;
        } finally {
            lock.unlock();
        }
    }

    private void deliver(List<EnginePacket> packets) throws InterruptedException {
        for (var packet : packets) {
            sink.received(this, packet);
        }
    }

    private void lost(String reason) {
        if (!ended) {
            ended = true;
            sink.lost(this, reason);
        }
    }
}
