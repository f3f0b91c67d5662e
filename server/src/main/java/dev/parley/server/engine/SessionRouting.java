package dev.parley.server.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds the servers that own sessions of other tags, so that any server can be asked for any session. Implemented by a cluster, given to a
 * server with its option {@code routing}, and called by its HTTP engine. Safe from any thread; no method blocks.
 */
public interface SessionRouting {
    /** The way of a request to the owner of its session. */
    sealed interface Route {
        /**
         * The owner's listener for other servers is asked over HTTP.
         *
         * @param tag  the owner's node tag
         * @param host a name or an IP address, from the membership
         */
        record Direct(String tag, String host, int port) implements Route {}

        /** The owner has no address: {@link SessionRouting#relay} carries the request. */
        record Relayed(String tag) implements Route {}

        /** The owner has left or died: the session has ended. */
        record Gone() implements Route {}

        /** No server of the cluster has or had this tag. */
        record Unknown() implements Route {}
    }

    /**
     * The listener for other servers.
     *
     * @param host the address it binds
     * @param port 0 for any free port
     * @param tls  empty for plain HTTP
     */
    record Listener(String host, int port, Optional<Tls> tls) {}

    /**
     * PEM files with which servers authenticate each other.
     *
     * @param authority the certificates that have signed those of all servers
     */
    record Tls(Path certificate, Path key, Path authority) {}

    /** The node tag of this server. */
    String tag();

    /**
     * Finds the way to the sessions of a tag.
     *
     * @param then called once: at once if the tag is known, otherwise within 5 s and on any thread
     */
    void route(String tag, Consumer<Route> then);

    /**
     * Returns the way to another server that opens sessions, for the handshakes of a server that drains; empty if there is none.
     *
     * @param except the tags of those that were asked already
     */
    Optional<Route> another(Set<String> except);

    /** Carries requests to a server whose route is {@link Route.Relayed}. */
    NodeRelay relay(String tag);

    /** Notes that a connection to a server was refused or reset: its sessions are gone, unless it proves to be alive. */
    void unreachable(String tag);

    /** Calls a listener with the tag of each server that leaves or dies from now on, on any thread. */
    void onGone(Consumer<String> listener);

    /** Returns the secrets that sign requests between servers: one or two. The first signs, each of them verifies. */
    List<byte[]> secrets();

    /** Returns the cluster's time, in milliseconds: that of Redis, so that the clocks of servers may differ. */
    long clusterMillis();

    /** Notes that the listener has refused a request whose signature was missing or not valid. */
    void refusedSignature();

    /** Returns where the listener for other servers is to be. */
    Listener listener();

    /**
     * Notes that the listener is open, so that other servers may be told of it.
     *
     * @param port  its port
     * @param local passes relayed requests to it
     */
    void listening(int port, NodeRelay local);

    /** Returns whether this server opens no more sessions. */
    boolean draining();

    /** Notes that this server opens no more sessions from now on, and tells the others. */
    void drain();

    /** Notes that this server is about to end: drains, and calls the listeners of {@link #onLeaving} if it did not before. */
    void leaving();

    /** Calls a listener once, when this server is about to end. */
    void onLeaving(Runnable listener);
}
