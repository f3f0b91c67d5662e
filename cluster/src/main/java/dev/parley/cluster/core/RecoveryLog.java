package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.PersistedSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The broadcasts of a cluster in one order, which a lost client catches up from, and the sessions of clients. The entries that are added arrive
 * at {@link Broker.Receiver#logged}. Safe from any thread; no method blocks. Stages complete on any thread, and exceptionally if Redis is
 * away or too much waits for it.
 */
public interface RecoveryLog {
    /** No socket is in this room; it tells the request of a server from one of an application. */
    String TAKEOVER = "parley:takeover";

    /** Returns what disconnects an old socket with the id of one that was recovered, also on servers on Node.js. */
    static ClusterMessage.Disconnect takeover(String sid) {
        return new ClusterMessage.Disconnect(
                new BroadcastOptions(Set.of(sid), Set.of(TAKEOVER), false, false, true), true);
    }

    /** Returns the time of the log, in milliseconds, as its ids have it. It may be behind, and is not ahead while the clock of Redis runs. */
    long millis();

    /** Returns the name of this adapter, the sender of its entries. */
    String uid();

    /**
     * Adds a broadcast. When the stage completes exceptionally, it may have been added.
     *
     * @param number counts the broadcasts of this adapter, from 1 on
     */
    CompletionStage<?> append(ClusterMessage.Broadcast broadcast, long number);

    /** Returns whether there is an entry of this id. */
    CompletionStage<Boolean> contains(LogId id);

    /** Returns the entries from one to another, both included, in order: at most {@code count}, and fewer only if there are no more. */
    CompletionStage<List<LogEntry>> read(LogId first, LogId last, int count);

    /** Encodes a session; empty if it is too large to be kept. */
    Optional<String> encode(PersistedSession session);

    /** Keeps an encoded session for this time, in place of what was kept for its private id. */
    CompletionStage<?> save(String pid, String session, Duration lifetime);

    /** Returns the session of a private id and deletes it; empty if there is none of this namespace that can be understood. */
    CompletionStage<Optional<PersistedSession>> take(String pid);

    /** Deletes the session of a private id. */
    CompletionStage<?> delete(String pid);

    /** Sends {@link #takeover} to the other servers: the client of a socket has come back to this one. */
    void disconnectElsewhere(String sid);
}
