package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The rooms of one namespace, and the way from a broadcast to its receivers, here and on the other servers of a cluster. The server
 * calls it from event loops and virtual threads alike: every method is safe from any thread and none blocks. What has to wait for
 * other servers is told by stages and collectors. Shaped as the reference's {@code Adapter} and {@code ClusterAdapter}.
 */
public interface Adapter {
    /** How many servers share this namespace, this one included. */
    int serverCount();

    /**
     * The namespace is gone, or the server closes: nothing comes from other servers any more. Sockets that are still leaving may call other
     * methods afterwards, which must do no harm; so must a second call.
     */
    void close();

    /** Adds one who is told of the rooms of this server's sockets. */
    void addListener(RoomListener listener);

    /** Puts a socket of this server into rooms. */
    void addAll(String id, Set<String> rooms);

    /** Takes a socket of this server out of a room. */
    void del(String id, String room);

    /** Forgets a socket. */
    void delAll(String id);

    /** Sends an event, its name included, to all who are meant; each gets it once. */
    void broadcast(Arguments event, BroadcastOptions options);

    /**
     * Sends an event and collects the answers.
     *
     * @param collector told how many servers are asked, those that cannot be reached left out; once for each of them, how many clients are
     *                  asked there; and each answer. Called on any thread
     */
    void broadcastWithAck(Arguments event, BroadcastOptions options, Duration timeout,
            AckCollector collector);

    /** The ids of the sockets of this server that are in at least one of these rooms; with no room, of all. */
    Set<String> sockets(Set<String> rooms);

    /** The rooms of a socket of this server; empty when it is not here. */
    Set<String> socketRooms(String id);

    /** The rooms that have a member on this server. */
    Set<String> rooms();

    /** The sockets that are meant, on all servers unless the options say otherwise; completed on any thread. */
    CompletionStage<List<SocketDescription>> fetchSockets(BroadcastOptions options);

    /** Puts those who are meant into rooms, on all servers unless the options say otherwise. */
    void addSockets(BroadcastOptions options, Set<String> rooms);

    /** Takes those who are meant out of rooms, on all servers unless the options say otherwise. */
    void delSockets(BroadcastOptions options, Set<String> rooms);

    /**
     * Puts sockets out of the namespace.
     *
     * @param close whether the whole connection is ended with it
     */
    void disconnectSockets(BroadcastOptions options, boolean close);

    /** Sends an event to the other servers of the cluster, not to this one. */
    void serverSideEmit(Arguments event);

    /**
     * Sends an event to the other servers and collects their answers.
     *
     * @param collector told once, by {@code expect}, how many servers are asked, and each answer. Called on any thread
     */
    void serverSideEmit(Arguments event, Duration timeout, AckCollector collector);

    /** Keeps what a client may want back when it returns soon. */
    void persistSession(PersistedSession session);

    /**
     * What was kept of a session, and the events it missed since the one with this offset.
     *
     * @param resume called at most once, before the stage completes: puts the socket into its rooms. A broadcast is either among the
     *               missed ones or delivered after this call, never both
     * @return whether it was called; not when the session is not known or too old, or the offset is no longer known
     */
    CompletionStage<Boolean> restoreSession(String pid, String offset, Consumer<RestoredSession> resume);

    /** Makes the adapter of one namespace. */
    @FunctionalInterface
    interface Factory {
        /** The adapter of this namespace, ready for use. */
        Adapter create(AdapterHost host);
    }
}
