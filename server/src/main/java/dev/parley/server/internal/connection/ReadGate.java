package dev.parley.server.internal.connection;

import dev.parley.server.ServerOptions;
import dev.parley.server.engine.ByteGauge;
import dev.parley.server.engine.Loop;
import dev.parley.server.internal.handler.HandlerQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Pauses the reading of a connection while too many of its events wait for handlers. Events are added on the session's loop and handled
 * on others.
 *
 * <pre>
 * state    becomes  when
 * reading  paused   more than the mark waits, and no handler waits for an acknowledgement; or more than the maximum waits
 * paused   reading  half of that is handled, or a handler begins to wait for an acknowledgement
 * </pre>
 */
final class ReadGate implements HandlerQueue.Load {
    private final ByteGauge incoming;
    private final long mark;
    private final long maximum;
    private final int leastCost;
    private final Loop loop;
    private final BooleanSupplier awaitsAcks;
    private final Consumer<Boolean> pause;
    private final AtomicInteger pausedConnections;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean paused;
    private boolean closed;

    /**
     * A gate that is open.
     *
     * @param awaitsAcks        whether acknowledgements of the client are awaited; asked on the loop
     * @param pause             told on the loop to stop reading, or to go on
     * @param pausedConnections counts the connections that are paused, of all gates
     */
    ReadGate(ByteGauge incoming, ServerOptions options, Loop loop, BooleanSupplier awaitsAcks,
            Consumer<Boolean> pause, AtomicInteger pausedConnections) {
        this.incoming = incoming;
        this.mark = options.highWaterMark();
        this.maximum = options.maxQueuedBytes();
        this.leastCost = Math.clamp(maximum / options.maxPendingEvents(), 1, Integer.MAX_VALUE);
        this.loop = loop;
        this.awaitsAcks = awaitsAcks;
        this.pause = pause;
        this.pausedConnections = pausedConnections;
    }

    /** Counts an event that begins to wait. Called on the loop. */
    @Override
    public void added(int weight) {
        long cost = cost(weight);
        waiting.addAndGet(cost);
        incoming.add(cost);
        update();
    }

    /** Counts an event that no longer waits. Any thread. */
    @Override
    public void taken(int weight) {
        long cost = cost(weight);
        long now = waiting.addAndGet(-cost);
        incoming.add(-cost);
        if (paused && now <= maximum / 2 && scheduled.compareAndSet(false, true)) {
            loop.execute(() -> {
                scheduled.set(false);
                update();
            });
        }
    }

    /** Decides anew whether to read, after the events or the awaited acknowledgements changed. Called on the loop. */
    void update() {
        if (closed) {
            return;
        }
        long now = waiting.get();
        if (!paused) {
            if (now > mark && (now > maximum || !awaitsAcks.getAsBoolean())) {
                switchTo(true);
                update(); // handlers may have been done before they could see that reading is paused
            }
        } else if (now <= mark / 2 || (now <= maximum / 2 && awaitsAcks.getAsBoolean())) {
            switchTo(false);
        }
    }

    /** Ends the gate with its session. Called on the loop. */
    void close() {
        closed = true;
        if (paused) {
            paused = false;
            pausedConnections.decrementAndGet();
        }
    }

    private void switchTo(boolean nowPaused) {
        paused = nowPaused;
        pausedConnections.addAndGet(nowPaused ? 1 : -1);
        pause.accept(nowPaused);
    }

    /** Returns the cost of an event. Small events count at least {@code leastCost}, since each takes memory beside its text. */
    private long cost(int weight) {
        return Math.max(weight, leastCost);
    }
}
