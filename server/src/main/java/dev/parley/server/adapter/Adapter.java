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
 * other servers is reported by stages and collectors. Shaped as the reference's {@code Adapter} and {@code ClusterAdapter}.
 */
public interface Adapter {
    /** Returns the number of servers that share this namespace, this one included. */
    int serverCount();

    /**
     * The namespace is gone, or the server closes: nothing comes from other servers any more. Sockets that are still leaving may call other
     * methods afterwards, which must do no harm; so must a second call.
     */
    void close();

    /** Adds a listener for the rooms of this server's sockets. */
    void addListener(RoomListener listener);

    /** Puts a socket of this server into rooms. */
    void addAll(String id, Set<String> rooms);

    /** Takes a socket of this server out of a room. */
    void del(String id, String room);

    /** Forgets a socket. */
    void delAll(String id);

    /** Sends an event, its name included, to the sockets that the options select; each receives it once. */
    void broadcast(Arguments event, BroadcastOptions options);

    /**
     * Sends an event and collects the acknowledgements.
     *
     * @param collector receives the number of servers that are asked, without those that cannot be reached; once for each of them, how many clients are
     *                  asked there; and each acknowledgement. Called on any thread
     */
    void broadcastWithAck(Arguments event, BroadcastOptions options, Duration timeout,
            AckCollector collector);

    /** Returns the ids of the sockets of this server that are in at least one of these rooms; with no room, of all. */
    Set<String> sockets(Set<String> rooms);

    /** Returns the rooms of a socket of this server; none when it is not here. */
    Set<String> socketRooms(String id);

    /** Returns the rooms that have a member on this server. */
    Set<String> rooms();

    /** Returns descriptions of the sockets that the options select, on all servers unless they say otherwise; completed on any thread. */
    CompletionStage<List<SocketDescription>> fetchSockets(BroadcastOptions options);

    /** Makes the sockets that the options select join rooms, on all servers unless they say otherwise. */
    void addSockets(BroadcastOptions options, Set<String> rooms);

    /** Makes the sockets that the options select leave rooms, on all servers unless they say otherwise. */
    void delSockets(BroadcastOptions options, Set<String> rooms);

    /**
     * Disconnects the sockets that the options select from the namespace.
     *
     * @param close whether the whole connection is ended with it
     */
    void disconnectSockets(BroadcastOptions options, boolean close);

    /** Sends an event to the other servers of the cluster, not to this one. */
    void serverSideEmit(Arguments event);

    /**
     * Sends an event to the other servers and collects their replies.
     *
     * @param collector receives once, by {@code expect}, the number of servers that are asked, and each reply. Called on any thread
     */
    void serverSideEmit(Arguments event, Duration timeout, AckCollector collector);

    /** Keeps the state of a lost client for a limited time, so that {@link #restoreSession} can return it. */
    void persistSession(PersistedSession session);

    /**
     * Restores the state of a lost client, once, with the events that it missed since the one with this offset.
     *
     * @param resume called at most once, before the stage completes: makes the socket join its rooms. A broadcast is either among the
     *               missed ones or delivered after this call, never both. Other broadcasts wait meanwhile
     * @return whether {@code resume} was called; false when the session is not known or too old, or the offset is no longer known
     */
    CompletionStage<Boolean> restoreSession(String pid, String offset, Consumer<RestoredSession> resume);

    /**
     * A client that could not be recovered gets a new socket, which has not joined yet. What the client has received of others, up to the offset that it
     * gave, is not to be delivered to it again.
     *
     * @param id     of the new socket; {@link #delAll} follows if it does not join
     * @param offset as the client gave it: may be anything
     */
    default void beginAnew(String id, String offset) {}

    /** Creates the adapter of a namespace. */
    @FunctionalInterface
    interface Factory {
        /** Returns the adapter of this namespace, ready for use. */
        Adapter create(AdapterHost host);
    }
}
