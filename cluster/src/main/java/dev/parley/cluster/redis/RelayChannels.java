package dev.parley.cluster.redis;

import dev.parley.cluster.broker.RedisLink;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * The channels of relayed requests: received on a connection of their own, published on the one that publishes. Their bytes do not count among those of the
 * broadcasts: who publishes bounds them. Safe from any thread.
 */
record RelayChannels(RedisAsyncCommands<String, byte[]> commands, BooleanSupplier connected,
        Subscriptions names) implements RedisLink.Channels {
    @Override
    public CompletionStage<Long> publish(String channel, byte[] message) {
        return connected.getAsBoolean() ? commands.publish(channel, message)
                : CompletableFuture.failedStage(new IllegalStateException("Redis is not connected"));
    }

    @Override
    public CompletionStage<Long> subscribers(String channel) {
        return commands.pubsubNumsub(channel).thenApply(counts -> counts.getOrDefault(channel, 0L));
    }

    @Override
    public RedisLink.Subscription subscribe(List<String> channels, RedisLink.Listener listener) {
        return names.add(channels, listener);
    }
}
