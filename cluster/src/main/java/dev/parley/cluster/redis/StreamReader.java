package dev.parley.cluster.redis;

import dev.parley.cluster.broker.RedisLink;
import dev.parley.cluster.broker.RedisLink.StreamEntry;
import dev.parley.cluster.core.LogId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream on a connection of its own, from the entry that is last when it begins. After a reconnection it reads what came meanwhile, as
 * far as the stream still has it, and says if it does not. At most 100 entries are read ahead. Safe from any thread; listeners are called on the driver's event
 * loop.
 */
final class StreamReader {
    static final int COUNT = 100;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final String BEFORE_ALL = "0-0";

    private final String stream;
    private final Commands commands;
    private final PingMonitor.Timer timer;
    private final Runnable onMissed;
    private final List<RedisLink.StreamListener> listeners = new CopyOnWriteArrayList<>();
    /** The last entry that was read. Null until it is known where to begin. */
    private volatile @Nullable String offset;
    private final CompletableFuture<String> begun = new CompletableFuture<>();
    /** Whether the stream may have lost entries since the last one was read: the connection broke. */
    private boolean doubtful;
    private volatile boolean closed;

    /** The commands of Redis that reading needs. Stages complete on the driver's event loop, and exceptionally if Redis is away. */
    interface Commands {
        /** Returns the last entry. */
        CompletionStage<Optional<StreamEntry>> last();

        /** Adds an entry that says nothing. */
        CompletionStage<?> addEmpty();

        /** Returns the entries after one, at most {@link #COUNT}; waits for 5 s if there is none. */
        CompletionStage<List<StreamEntry>> after(String id);

        /** Returns whether there is an entry. */
        CompletionStage<Boolean> contains(String id);
    }

    /** @param onMissed called when entries were removed before they could be read, before the listeners */
    StreamReader(String stream, Commands commands, PingMonitor.Timer timer, Runnable onMissed) {
        this.stream = stream;
        this.commands = commands;
        this.timer = timer;
        this.onMissed = onMissed;
    }

    /** Begins to read. */
    void start() {
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

    @SuppressWarnings("FutureReturnValueIgnored") // failures are handled in it
    private void next() {
        if (closed) {
            return;
        }
        String after = offset;
        var read = after == null ? commands.last().thenCompose(this::begin)
                : commands.after(after).thenCompose(entries -> take(after, entries));
        read.whenComplete((done, failure) -> {
            if (failure == null) {
                next();
            } else if (!closed) {
                doubtful = true;
                timer.after(PAUSE, this::next);
            }
        });
    }

    /** An empty stream gets an entry that says nothing: clients need the id of an entry to recover. */
    private CompletionStage<?> begin(Optional<StreamEntry> last) {
        if (last.isEmpty()) {
            return commands.addEmpty(); // the next reading finds it
        }
        deliver(new StreamEntry(last.get().id(), Map.of()));
        return CompletableFuture.completedStage(null);
    }

    /**
     * Delivers entries. The oldest entries of a stream go first: while the one that was read last is there, none after it has gone. That can have happened only
     * after a reconnection, or to a reader that is far behind.
     */
    private CompletionStage<?> take(String after, List<StreamEntry> entries) {
        if (!doubtful && entries.size() < COUNT) {
            deliver(entries);
            return CompletableFuture.completedStage(null);
        }
        return commands.contains(after).thenCompose(there -> {
            if (there || after.equals(BEFORE_ALL)) {
                doubtful = false;
                deliver(entries);
                return CompletableFuture.completedStage(null);
            }
            return gap(after, entries);
        });
    }

    private CompletionStage<?> gap(String after, List<StreamEntry> entries) {
        if (!entries.isEmpty()) {
            doubtful = false;
            missed();
            deliver(entries);
            return CompletableFuture.completedStage(null);
        }
        return commands.last().thenAccept(last -> {
            doubtful = false;
            missed();
            if (last.isEmpty() || isBefore(last.get().id(), after)) {
                offset = BEFORE_ALL; // Redis has lost its data, and its clock may be behind the lost ids
            }
        });
    }

    private static boolean isBefore(String id, String other) {
        return LogId.parse(other).flatMap(later -> LogId.parse(id).map(later::isAfter)).orElse(false);
    }

    private synchronized void missed() {
        onMissed.run();
        listeners.forEach(RedisLink.StreamListener::missed);
    }

    private void deliver(List<StreamEntry> entries) {
        entries.forEach(this::deliver);
    }

    private synchronized void deliver(StreamEntry entry) {
        offset = entry.id();
        begun.complete(entry.id());
        listeners.forEach(listener -> listener.on(entry));
    }
}
