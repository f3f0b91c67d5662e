package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests of this server that wait for the others, by their id: a limited number, each for a limited time. Safe from any thread. */
final class PendingRequests {
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int limit;
    private final Timeouts timeouts;
    private final Peers peers;

    PendingRequests(int limit, Timeouts timeouts, Peers peers) {
        this.limit = limit;
        this.timeouts = timeouts;
        this.peers = peers;
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
        var entry = new Entry(pending, peers.names());
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
                entry.asked(asked);
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

    /** A server has left or died: none of its responses is waited for any more. */
    void left(String peer) {
        entries.forEach((id, entry) -> {
            entry.left(peer);
            endIfDone(id, entry);
        });
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

        /** Those that lived when the request was sent, and those of them that live no more. */
        private final Set<String> peers;
        private final Set<String> gone = new HashSet<>();
        private boolean allAsked;

        Entry(PendingRequest pending, Set<String> peers) {
            this.pending = pending;
            this.peers = peers;
        }

        /** If fewer were asked than lived, some do not have the namespace, and it is not known which. */
        void asked(int servers) {
            pending.asked(servers);
            List<String> left;
            synchronized (this) {
                allAsked = servers >= peers.size();
                left = allAsked ? List.copyOf(gone) : List.of();
            }
            left.forEach(pending::left);
        }

        void left(String peer) {
            synchronized (this) {
                if (!peers.contains(peer) || !gone.add(peer) || !allAsked) {
                    return;
                }
            }
            pending.left(peer);
        }
    }
}
