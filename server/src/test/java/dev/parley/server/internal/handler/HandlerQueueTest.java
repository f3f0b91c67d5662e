package dev.parley.server.internal.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Handlers run in order, one at a time, and survive each other. */
class HandlerQueueTest {
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    private final HandlerQueue handlerQueue = new HandlerQueue(HandlerQueue.Load.NONE,
            (event, failure) -> failures.add(event + ": " + failure.getMessage()));

    @Test
    void runsInOrder() throws Exception {
        IntStream.range(0, 90).forEach(i -> handlerQueue.offer("e", 1, () -> seen.add(i)));
        settle();
        assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 90).boxed().toList());
    }

    @Test
    void goesOnAfterAThreadCouldNotBeStarted() throws Exception {
        var refusals = new AtomicInteger(1);
        var own = new HandlerQueue(HandlerQueue.Load.NONE, (event, failure) -> {}, Duration.ofSeconds(9),
                (event, took, inline) -> {}, handlers -> {
                    if (refusals.getAndDecrement() > 0) {
                        throw new IllegalStateException("no thread, for this test");
                    }
                    HandlerQueue.THREADS.start(handlers);
                }, System::nanoTime);
        assertThatThrownBy(() -> own.offer("a", 1, () -> seen.add(1)))
                .isInstanceOf(IllegalStateException.class);
        own.offer("b", 1, () -> seen.add(2));
        settle(own);
        assertThat(seen).containsExactly(1, 2);
    }

    @Test
    void countsEventsUntilTheirHandlersAreDone() throws Exception {
        var counted = new AtomicInteger();
        var load = new HandlerQueue.Load() {
            @Override
            public void added(int weight) {
                counted.addAndGet(weight);
            }

            @Override
            public void taken(int weight) {
                counted.addAndGet(-weight);
            }
        };
        var own = new HandlerQueue(load, (event, failure) -> failures.add(event));
        var gate = new CountDownLatch(1);
        own.run("connection", gate::await);
        own.offer("a", 100, () -> seen.add(counted.get()));
        own.offer("b", 20, () -> seen.add(counted.get()));
        assertThat(counted.get()).isEqualTo(120);
        gate.countDown();
        settle(own);
        assertThat(seen).containsExactly(120, 20);
        assertThat(counted.get()).isZero();
    }

    @Test
    void discardsWaitingAndLaterEventsButNoLifecycleTasks() throws Exception {
        var counted = new AtomicInteger();
        var load = new HandlerQueue.Load() {
            @Override
            public void added(int weight) {
                counted.addAndGet(weight);
            }

            @Override
            public void taken(int weight) {
                counted.addAndGet(-weight);
            }
        };
        var own = new HandlerQueue(load, (event, failure) -> failures.add(event));
        own.offer("first", 1, () -> {
            own.offer("waiting", 7, () -> seen.add(1));
            own.run("disconnect", () -> seen.add(2));
            own.discardEvents();
            own.offer("later", 7, () -> seen.add(3));
        });
        settle(own);
        settle(own);
        assertThat(seen).containsExactly(2);
        assertThat(counted.get()).isZero();
    }

    @Test
    void interruptDoesNotReachTheNextTask() throws Exception {
        handlerQueue.run("interrupted", () -> Thread.currentThread().interrupt());
        handlerQueue.run("throws", () -> {
            throw new InterruptedException("as meant");
        });
        handlerQueue.run("blocks", () -> {
            new CountDownLatch(1).await(1, TimeUnit.NANOSECONDS);
            seen.add(1);
        });
        settle();
        assertThat(seen).containsExactly(1);
        assertThat(failures).containsExactly("throws: as meant");
    }

    @Test
    void failingFailureHandlerDoesNotStopTheRest() throws Exception {
        var own = new HandlerQueue(HandlerQueue.Load.NONE, (event, failure) -> {
            throw new IllegalStateException("as meant");
        });
        own.run("bad", () -> {
            throw new IllegalStateException("as meant");
        });
        settle(own);
    }

    @Test
    void goesOnAfterAFailure() throws Exception {
        handlerQueue.offer("bad", 1, () -> {
            throw new IllegalStateException("as meant");
        });
        settle();
        assertThat(failures).containsExactly("bad: as meant");
    }

    /** As a method that is still to be written, in some languages, or an assertion of a library. */
    @Test
    void goesOnAfterAnErrorOfAnyKind() throws Exception {
        handlerQueue.offer("bad", 1, () -> {
            throw new Error("as meant");
        });
        settle();
        assertThat(failures).containsExactly("bad: as meant");
    }

    @Test
    void reportsInlineWorkFromATenthOfTheLimitOn() throws Exception {
        var now = new AtomicLong(Long.MAX_VALUE - 5);
        var slow = new ConcurrentLinkedQueue<String>();
        var own = new HandlerQueue(HandlerQueue.Load.NONE, (event, failure) -> failures.add(event),
                Duration.ofSeconds(1),
                (event, took, inline) -> slow.add(event + " " + took.toMillis() + " " + inline),
                HandlerQueue.THREADS, now::get);
        own.runHere("quick", () -> now.addAndGet(Duration.ofMillis(100).toNanos()));
        own.runHere("blocks", () -> now.addAndGet(Duration.ofMillis(101).toNanos()));
        own.offer("on time", 1, () -> now.addAndGet(Duration.ofSeconds(1).toNanos()));
        own.offer("slow", 1, () -> now.addAndGet(Duration.ofMillis(1_001).toNanos()));
        settle(own);
        assertThat(slow).containsExactly("blocks 101 true", "slow 1001 false");
    }

    private void settle() throws InterruptedException {
        settle(handlerQueue);
    }

    private static void settle(HandlerQueue handlerQueue) throws InterruptedException {
        var done = new CountDownLatch(1);
        handlerQueue.run("last", done::countDown);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
