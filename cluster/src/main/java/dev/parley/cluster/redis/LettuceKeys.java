package dev.parley.cluster.redis;

import dev.parley.cluster.broker.RedisLink;
import dev.parley.cluster.broker.Traffic;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Keys of Redis on the connection that publishes. Safe from any thread. */
final class LettuceKeys implements RedisLink.Keys {
    private final RedisConnections.Open redis;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final PendingPublications writes;
    private final CommandOrder order;
    private final BooleanSupplier connected;

    /**
     * Creates them.
     *
     * @param order  of the connection
     * @param limits of what Redis has not confirmed
     */
    LettuceKeys(RedisConnections.Open redis, CommandOrder order, LinkLimits limits,
            BooleanSupplier connected) {
        this.redis = redis;
        this.commands = redis.commands();
        this.order = order;
        this.writes = new PendingPublications(limits, new Traffic(), order);
        this.connected = connected;
    }

    @Override
    public CompletionStage<?> set(String key, String value, Duration lifetime) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return writes.publish(key.length() + bytes.length, connected.getAsBoolean(),
                () -> commands.set(key, bytes, SetArgs.Builder.px(lifetime.toMillis()))
                        .thenApply(done -> 1L));
    }

    @Override
    public CompletionStage<Optional<String>> take(String key) {
        return order.send(() -> commands.getdel(key))
                .thenApply(value -> Optional.ofNullable(value)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
    }

    @Override
    public CompletionStage<?> delete(String key) {
        return writes.publish(key.length(), connected.getAsBoolean(), () -> commands.del(key));
    }

    /** Waits until Redis has what was set, but not longer than this. */
    void await(Duration limit) {
        if (writes.waitingBytes() > 0 && connected.getAsBoolean()) {
            var pongs = CompletableFuture.allOf(redis.nodes()
                    .get()
                    .stream()
                    .map(node -> node.async().ping().toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new));
            try {
                pongs.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // Redis is away: it will not have them.
            }
        }
    }
}
