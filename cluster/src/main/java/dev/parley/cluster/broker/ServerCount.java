package dev.parley.cluster.broker;

import dev.parley.cluster.core.Timeouts;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The number of servers in a namespace: the subscribers of a channel that each of them subscribes to once. Safe from any thread. */
final class ServerCount {
    private final RedisLink.Channels channels;
    private final String channel;
    private final Timeouts timeouts;
    private final Duration interval;
    private volatile int count = 1;
    private volatile boolean closed;

    ServerCount(RedisLink.Channels channels, String channel, Timeouts timeouts, Duration interval) {
        this.channels = channels;
        this.channel = channel;
        this.timeouts = timeouts;
        this.interval = interval;
    }

    int last() {
        return count;
    }

    private void note(long subscribers) {
        count = Math.clamp(subscribers, 1, Integer.MAX_VALUE);
    }

    /** Notes how many subscribers a request reached, and returns how many of them are others. */
    int others(long subscribers) {
        note(subscribers);
        return Math.clamp(subscribers - 1, 0, Integer.MAX_VALUE);
    }

    /**
     * Publishes a request, and returns how many other servers it reached; completes exceptionally as {@link RedisLink.Channels#publish}.
     * Redis also counts the subscribers of patterns that match, such as those of tools, which do not respond: the subscribers of the channel
     * are counted next, on the same connection.
     */
    CompletionStage<Integer> ask(byte[] request) {
        var published = channels.publish(channel, request);
        if (published.toCompletableFuture().isCompletedExceptionally()) {
            return published.thenApply(this::others); // dropped: fails as it did
        }
        return published.thenCombine(channels.subscribers(channel),
                (reached, subscribers) -> others(Math.min(reached, subscribers)));
    }

    /** Asks now, and again an interval after each reply. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure leaves the last number
    void refresh() {
        if (closed) {
            return;
        }
        channels.subscribers(channel).whenComplete((subscribers, failure) -> {
            if (failure == null) {
                note(subscribers);
            }
            timeouts.after(interval, this::refresh);
        });
    }

    void close() {
        closed = true;
        count = 1;
    }
}
