package dev.parley.cluster.broker;

import dev.parley.cluster.core.Timeouts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The number of servers in a namespace: the subscribers of a channel that each of them subscribes to once. Safe from any thread. */
final class ServerCount {
    private final RedisLink link;
    private final RedisLink.Channels channels;
    private final String channel;
    private final Timeouts timeouts;
    private final Duration interval;
    private final Traffic traffic;
    private volatile int count = 1;
    private volatile boolean closed;

    ServerCount(RedisLink link, RedisLink.Channels channels, String channel, BrokerContext context) {
        this.link = link;
        this.channels = channels;
        this.channel = channel;
        this.timeouts = context.timeouts();
        this.interval = context.countInterval();
        this.traffic = context.traffic();
    }

    int last() {
        return count;
    }

    private void note(long subscribers) {
        count = Math.clamp(subscribers, 1, Integer.MAX_VALUE);
    }

    /** Notes how many subscribers a request reached, and returns how many of them are others. */
    private int others(long subscribers) {
        note(subscribers);
        return Math.clamp(subscribers - 1, 0, Integer.MAX_VALUE);
    }

    /**
     * Publishes a request, and returns how many other servers it reached. Completes exceptionally as {@link RedisLink.Channels#publish}, and if the request
     * cannot be sent.
     *
     * @param request empty if the format of the adapter has no such request
     */
    CompletionStage<Integer> ask(Optional<byte[]> request) {
        if (closed) {
            return refused("the adapter is closed");
        }
        if (request.isEmpty()) {
            return refused("the format of this adapter has no such request");
        }
        if (!link.connected()) {
            traffic.countDropped();
            return refused("Redis is not connected");
        }
        return publish(request.get());
    }

    private static CompletionStage<Integer> refused(String why) {
        return CompletableFuture.failedStage(new IllegalStateException(why));
    }

    /**
     * Redis also counts the subscribers of patterns that match, such as those of tools, which do not respond: the subscribers of the channel
     * are counted next, on the same connection.
     */
    private CompletionStage<Integer> publish(byte[] request) {
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
