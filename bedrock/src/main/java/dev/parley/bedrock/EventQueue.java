package dev.parley.bedrock;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputJson;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;

/**
 * Holds the events that wait to be sent on one stream. The SDK takes as many as the connection can carry; the rest wait here. Audio may be
 * dropped: past {@value #MAX_SOUND} pieces the oldest one is dropped. Other events are never dropped: the stream is reported as stuck when
 * more than {@value #MAX_EVENTS} of them wait, or when the first event has waited too long. Thread-safe; the SDK subscribes once.
 */
final class EventQueue implements Publisher<InvokeModelWithBidirectionalStreamInput>, Subscription {

    static final int MAX_SOUND = 1_024;
    static final int MAX_EVENTS = 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final long stallNanos;
    private final LongSupplier nanoTime;
    private @Nullable Subscriber<? super InvokeModelWithBidirectionalStreamInput> subscriber;
    private long demand;
    private int sound;
    private boolean draining;
    private boolean complete;
    private boolean over;

    private record Waiting(InputEvent event, long since) {
        boolean droppable() {
            return event instanceof InputEvent.AudioInput;
        }
    }

    EventQueue(Duration stall) {
        this(stall, System::nanoTime);
    }

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    EventQueue(Duration stall, LongSupplier nanoTime) {
        this.stallNanos = stall.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Adds an event; returns false if the stream is stuck. */
    boolean offer(InputEvent event) {
        long now = nanoTime.getAsLong();
        lock.lock();
        try {
            if (over || complete) {
                return true;
            }
            Waiting first = waiting.peekFirst();
            if ((first != null && subscriber != null && now - first.since() > stallNanos)
                    || waiting.size() - sound >= MAX_EVENTS) {
                return false;
            }
            var added = new Waiting(event, now);
            waiting.add(added);
            if (added.droppable() && ++sound > MAX_SOUND) {
                dropOldestSound();
            }
        } finally {
            lock.unlock();
        }
        drain();
        return true;
    }

    private void dropOldestSound() {
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext();) {
            if (each.next().droppable()) {
                each.remove();
                sound--;
                return;
            }
        }
    }

    /** Marks the queue as complete: our side of the stream ends once all events are sent. */
    void complete() {
        lock.lock();
        try {
            complete = true;
        } finally {
            lock.unlock();
        }
        drain();
    }

    /** Returns the number of waiting events. */
    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void subscribe(Subscriber<? super InvokeModelWithBidirectionalStreamInput> given) {
        lock.lock();
        try {
            if (subscriber != null || over) {
                throw new IllegalStateException("a stream's events can be taken once");
            }
            subscriber = given;
        } finally {
            lock.unlock();
        }
        given.onSubscribe(this);
        drain();
    }

    @Override
    public void request(long more) {
        lock.lock();
        try {
            demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
        } finally {
            lock.unlock();
        }
        drain();
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            over = true;
            waiting.clear();
            sound = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Delivers the requested events, on one thread at a time and never while holding the lock. */
    private void drain() {
        lock.lock();
        try {
            if (draining || subscriber == null) {
                return;
            }
            draining = true;
        } finally {
            lock.unlock();
        }
        for (Runnable step = next(); step != null; step = next()) {
            step.run();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            var to = subscriber;
            boolean nothing = waiting.isEmpty() ? !complete : demand == 0;
            if (to == null || over || nothing) {
                draining = false;
                return null;
            }
            if (waiting.isEmpty()) {
                over = true;
                return to::onComplete;
            }
            demand--;
            Waiting first = waiting.removeFirst();
            sound -= first.droppable() ? 1 : 0;
            return () -> to.onNext(InvokeModelWithBidirectionalStreamInput.chunkBuilder()
                    .bytes(SdkBytes.fromByteArrayUnsafe(InputJson.write(first.event())))
                    .build());
        } finally {
            lock.unlock();
        }
    }
}
