package dev.parley.cluster.relay;

import dev.parley.cluster.broker.RedisLink;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the messages of the relay, in order for each channel, and never faster than Redis takes them: of those to one server about {@value #BURST} bytes are
 * under way, or one message that is larger; the others wait. So a server that receives large requests and responses reads them as they come, and Redis has no
 * reason to end its connection (decision 0029). Safe from any thread; no stage completes while a lock is held. Limit: a number of bytes under way and waiting,
 * beyond which messages are refused with {@link FullException}; one message alone always has room, and so has what says that a
 * request ends.
 */
final class RelaySender {
    static final int BURST = 4_000_000;
    /** What a message costs beside its bytes, about. */
    private static final int OVERHEAD = 256;
    /** Channels share lanes, so that names need no bookkeeping. A power of two. */
    private static final int LANES = 64;

    /** Too much waits for Redis. */
    static final class FullException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private FullException() {
            super("too many relayed bytes wait for Redis");
        }
    }

    private final RedisLink.Channels channels;
    private final long limit;
    private final AtomicLong held = new AtomicLong();
    private final Lane[] lanes = new Lane[LANES];

    /** @param limit bytes under way and waiting, together */
    RelaySender(RedisLink.Channels channels, long limit) {
        this.channels = channels;
        this.limit = limit;
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane();
        }
    }

    /** Publishes a message, now or when it is its turn. Completes as {@link RedisLink.Channels#publish}, on any thread. */
    CompletionStage<Long> publish(String channel, byte[] message) {
        return publish(channel, message, false);
    }

    /** Publishes a small message, for which there is always room: its sender sends one for each request. */
    CompletionStage<Long> publishEnd(String channel, byte[] message) {
        return publish(channel, message, true);
    }

    private CompletionStage<Long> publish(String channel, byte[] message, boolean always) {
        var item = new Item(channel, message, new CompletableFuture<>());
        long before = held.getAndAdd(item.size());
        if (!always && before > 0 && before + item.size() > limit) {
            held.addAndGet(-item.size());
            return CompletableFuture.failedStage(new FullException());
        }
        lanes[channel.hashCode() & (LANES - 1)].add(item);
        return item.outcome();
    }

    /** Returns the bytes under way and waiting. */
    long held() {
        return held.get();
    }

    private record Item(String channel, byte[] message, CompletableFuture<Long> outcome) {
        int size() {
            return message.length + OVERHEAD;
        }
    }

    /** The messages of some channels. One thread at a time publishes, and holds no lock meanwhile: what completes may publish again. */
    private final class Lane {
        private final Queue<Item> waiting = new ArrayDeque<>();
        private long underWay;
        private boolean publishing;

        void add(Item item) {
            synchronized (this) {
                waiting.add(item);
            }
            publish();
        }

        private void publish() {
            synchronized (this) {
                if (publishing) {
                    return; // that thread goes on
                }
                publishing = true;
            }
            for (var item = next(); item != null; item = next()) {
                publish(item);
            }
        }

        private synchronized @Nullable Item next() {
            var item = waiting.peek();
            if (item == null || (underWay > 0 && underWay + item.size() > BURST)) {
                publishing = false;
                return null;
            }
            underWay += item.size();
            return waiting.remove();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the outcome is handled
        private void publish(Item item) {
            sent(item).whenComplete((receivers, failure) -> {
                synchronized (this) {
                    underWay -= item.size();
                }
                held.addAndGet(-item.size());
                if (failure == null) {
                    item.outcome().complete(receivers);
                } else {
                    item.outcome().completeExceptionally(failure);
                }
                publish();
            });
        }

        private CompletionStage<Long> sent(Item item) {
            try {
                return channels.publish(item.channel(), item.message());
            } catch (RuntimeException e) {
                return CompletableFuture.failedStage(e); // the driver ends
            }
        }
    }
}
