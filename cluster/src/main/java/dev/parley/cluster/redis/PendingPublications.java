package dev.parley.cluster.redis;

import dev.parley.cluster.broker.Traffic;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Bounds what waits for Redis, keeps its order, and counts what is dropped. Safe from any thread. */
final class PendingPublications {
    private final LinkLimits limits;
    private final Traffic traffic;
    private final CommandOrder order;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    PendingPublications(LinkLimits limits, Traffic traffic, CommandOrder order) {
        this.limits = limits;
        this.traffic = traffic;
        this.order = order;
    }

    /** Publishes behind what was published before, if there is room. */
    CompletionStage<Long> publish(int size, boolean connected, Supplier<CompletionStage<Long>> command) {
        if (!connected) {
            return dropped("Redis is not connected");
        }
        boolean tooMany = messages.incrementAndGet() > limits.maxPendingMessages();
        boolean tooLarge = bytes.addAndGet(size) > limits.maxPendingBytes();
        if (tooMany || tooLarge) {
            release(size);
            return dropped("too much waits for Redis");
        }
        return order.send(command).whenComplete((receivers, failure) -> {
            release(size);
            if (failure == null) {
                traffic.countSent();
            } else {
                traffic.countDropped();
            }
        });
    }

    /** Returns the number of bytes that wait. */
    long waitingBytes() {
        return bytes.get();
    }

    private void release(int size) {
        messages.decrementAndGet();
        bytes.addAndGet(-size);
    }

    private CompletionStage<Long> dropped(String why) {
        traffic.countDropped();
        return CompletableFuture.failedStage(new IllegalStateException(why));
    }
}
