package dev.parley.cluster.redis;

import dev.parley.cluster.broker.RedisLink;
import dev.parley.cluster.broker.RedisLink.StreamEntry;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.netty.util.concurrent.EventExecutorGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream on a connection of its own, from the entry that is last when it begins. After a reconnection it reads what came meanwhile, as
 * far as the stream still has it. At most 100 entries are read ahead. Safe from any thread; listeners are called on the driver's event loop.
 */
final class StreamReader {
    private static final int COUNT = 100;
    private static final long BLOCK_MILLIS = 5_000;
    private static final long PAUSE_MILLIS = 500;

    private final String stream;
    private final RedisAsyncCommands<String, byte[]> commands;
    private final EventExecutorGroup pauses;
    private final List<RedisLink.StreamListener> listeners = new CopyOnWriteArrayList<>();
    /** The last entry that was read. Null until it is known where to begin. */
    private volatile @Nullable String offset;
    private final CompletableFuture<String> begun = new CompletableFuture<>();
    private volatile boolean closed;

    StreamReader(String stream, StatefulRedisConnection<String, byte[]> connection,
            EventExecutorGroup pauses) {
        this.stream = stream;
        this.commands = connection.async();
        this.pauses = pauses;
        next();
    }

    /**
     * Waits until it is known where reading begins: what this server adds afterwards will be read.
     *
     * @throws IllegalStateException when Redis does not say it in time
     */
    void awaitBegin(Duration limit) {
        try {
            begun.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the stream", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the stream " + stream + " cannot be read", e);
        }
    }

    String stream() {
        return stream;
    }

    synchronized RedisLink.Subscription add(RedisLink.StreamListener listener) {
        listeners.add(listener);
        String begun = offset;
        if (begun != null) {
            listener.on(new StreamEntry(begun, Map.of()));
        }
        return () -> listeners.remove(listener);
    }

    /** Reads no more. The connection is closed with its client. */
    void close() {
        closed = true;
    }

    @SuppressWarnings({"FutureReturnValueIgnored", "unchecked"}) // failures are handled in it; an array of one offset
    private void next() {
        if (closed) {
            return;
        }
        String after = offset;
        var read = after == null
                ? commands.xrevrange(stream, Range.unbounded(), Limit.from(1)).thenAccept(this::begin)
                : commands
                        .xread(XReadArgs.Builder.count(COUNT).block(BLOCK_MILLIS),
                                XReadArgs.StreamOffset.from(stream, after))
                        .thenAccept(this::deliver);
        read.whenComplete((done, failure) -> {
            if (failure == null) {
                next();
            } else if (!closed) {
                pauses.schedule(this::next, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    /** An empty stream gets an entry that says nothing: clients need the id of an entry to recover. */
    @SuppressWarnings("FutureReturnValueIgnored") // the next reading finds it, or tries again
    private void begin(List<StreamMessage<String, byte[]>> last) {
        if (last.isEmpty()) {
            commands.xadd(stream, Map.of("nsp", new byte[0], "type", new byte[]{'0'}));
        } else {
            deliver(new StreamEntry(last.getFirst().getId(), Map.of()));
        }
    }

    private void deliver(List<StreamMessage<String, byte[]>> entries) {
        entries.forEach(entry -> deliver(new StreamEntry(entry.getId(), texts(entry.getBody()))));
    }

    private synchronized void deliver(StreamEntry entry) {
        offset = entry.id();
        begun.complete(entry.id());
        listeners.forEach(listener -> listener.on(entry));
    }

    static Map<String, String> texts(Map<String, byte[]> body) {
        var texts = new LinkedHashMap<String, String>();
        body.forEach((name, value) -> texts.put(name, new String(value, StandardCharsets.UTF_8)));
        return texts;
    }
}
