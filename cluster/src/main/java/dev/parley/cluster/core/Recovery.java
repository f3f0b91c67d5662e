package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.InMemoryAdapter;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.RestoredSession;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Connection state recovery of one namespace: numbers the broadcasts, keeps the sessions of clients, and brings a client up to date that comes back, to
 * whichever server. Safe from any thread; no method blocks.
 */
public interface Recovery {
    /** Sends an event to the sockets of this server, and appends it to the log. */
    void broadcast(Arguments event, BroadcastOptions options);

    /**
     * An entry of the log was read. Called in the order of the log, on one thread at a time.
     *
     * @param newcomers the sockets that joined after it was added, and do not receive it
     * @param others takes a message that is no broadcast
     * @throws dev.parley.cluster.message.MalformedMessageException if the entry cannot be understood; it counts as read
     */
    void read(LogEntry entry, Set<String> newcomers, Consumer<ClusterMessage> others);

    /** Entries before the next one were removed before they could be read here: who has not received them cannot get them from this server. Called as {@link #read}. */
    void missed();

    /** The rooms of a socket of this server have changed, or it has joined the namespace. */
    void changed(String id);

    /** A socket of this server has left the namespace. If its client may recover it, {@link #persist} follows. */
    void left(String id);

    /** Keeps the state of a lost client. */
    void persist(PersistedSession session);

    /** Recovers a client, as {@link dev.parley.server.adapter.Adapter#restoreSession}; never completes exceptionally because of Redis. */
    CompletionStage<Boolean> restore(String pid, String offset, Consumer<RestoredSession> resume);

    /** A client begins anew here, as {@link dev.parley.server.adapter.Adapter#beginAnew}. */
    void beginAnew(String id, String offset);

    /** Returns whether a message is a takeover of sockets that have just been recovered here, and must not end with it. */
    boolean ignores(ClusterMessage message);

    /** Stops the timers. Sessions are still kept afterwards. */
    void close();

    /** Creates the recovery of a namespace. */
    @FunctionalInterface
    interface Factory {
        /**
         * Creates the recovery of a namespace whose options have it on.
         *
         * @param local the sockets of this server
         */
        Recovery create(AdapterHost host, RecoveryLog log, InMemoryAdapter local, Timeouts timeouts);
    }
}
