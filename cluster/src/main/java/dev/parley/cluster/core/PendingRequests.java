package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests of this server that wait for the others, by their id: a limited number, each for a limited time. Safe from any thread. */
final class PendingRequests {
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int limit;
    private final Timeouts timeouts;

    PendingRequests(int limit, Timeouts timeouts) {
        this.limit = limit;
        this.timeouts = timeouts;
    }

    /** Sends a request, and waits for what comes. It ends at the latest after the timeout, and at once if too many wait already. */
    @SuppressWarnings("FutureReturnValueIgnored") // failures are told to the request
    void ask(Broker broker, ClusterMessage.Request request, Duration timeout, PendingRequest pending) {
        if (size.incrementAndGet() > limit) {
            size.decrementAndGet();
            pending.notSent();
            return;
        }
        String id = request.requestId();
        var entry = new Entry(pending);
        entries.put(id, entry);
        entry.cancel = timeouts.after(timeout, () -> {
            if (remove(id)) {
                pending.expired();
            }
        });
        if (!entries.containsKey(id)) {
            entry.cancel.run(); // it has ended meanwhile
        }
        broker.ask(request).whenComplete((asked, failure) -> {
            if (failure == null) {
                pending.asked(asked);
                endIfDone(id, entry);
            } else if (remove(id)) {
                entry.cancel.run();
                pending.notSent();
            }
        });
    }

    void responded(String sender, ClusterMessage.Response response) {
        var entry = entries.get(response.requestId());
        if (entry != null) {
            entry.pending.responded(sender, response);
            endIfDone(response.requestId(), entry);
        }
    }

    /** Ends all. */
    void close() {
        for (String id : List.copyOf(entries.keySet())) {
            var entry = entries.get(id);
            if (entry != null && remove(id)) {
                entry.cancel.run();
                entry.pending.expired();
            }
        }
    }

    int size() {
        return size.get();
    }

    private void endIfDone(String id, Entry entry) {
        if (entry.pending.done() && remove(id)) {
            entry.cancel.run();
        }
    }

    private boolean remove(String id) {
        boolean mine = entries.remove(id) != null;
        if (mine) {
            size.decrementAndGet();
        }
        return mine;
    }

    private static final class Entry {
        private final PendingRequest pending;
        private volatile Runnable cancel = () -> {};

        Entry(PendingRequest pending) {
            this.pending = pending;
        }
    }
}
