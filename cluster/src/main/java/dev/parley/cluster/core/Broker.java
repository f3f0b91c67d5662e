package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Carries the messages of one namespace to the other servers. Messages of one server arrive in the order in which it sent them, at most
 * once each. Safe from any thread; no method blocks.
 */
public interface Broker {
    /** Begins to receive. Called once, before any other method. */
    void start();

    /** Sends a message to all other servers. A message that cannot be sent is counted and dropped. */
    void send(ClusterMessage message);

    /**
     * Sends a request to all other servers.
     *
     * @return the number of servers that it was sent to; completes exceptionally when the request was not sent, or it is not known whether it was. Completed on
     *         any thread
     */
    CompletionStage<Integer> ask(ClusterMessage.Request request);

    /**
     * Sends a response to the server that asked.
     *
     * @param to the name of its adapter; empty if it is not known
     */
    void respond(String to, ClusterMessage.Response response);

    /** A room has its first member here. Called in a room's order with {@link #roomDeleted}. */
    default void roomCreated(String room) {}

    /** A room has lost its last member here. */
    default void roomDeleted(String room) {}

    /** The log from which lost clients catch up; empty if what is sent is not kept. */
    default Optional<RecoveryLog> recoveryLog() {
        return Optional.empty();
    }

    /** The number of servers, this one included, as last known; at least 1. */
    int serverCount();

    /** Leaves the cluster: nothing is received any more, and nothing sent. */
    void close();

    /** Is given what the other servers send. Safe from any thread; no method blocks. */
    interface Receiver {
        /**
         * A message came.
         *
         * @param sender the name of the adapter that sent it; empty if it is not known
         */
        void received(String sender, ClusterMessage message);

        /**
         * An entry of the {@link #recoveryLog} was read, of this server and its namespace or not. Called in the order of the log, on one thread at a
         * time; first with the entry after which this server begins to read, without a message.
         *
         * @throws dev.parley.cluster.message.MalformedMessageException if the entry cannot be understood
         */
        void logged(LogEntry entry);

        /** Entries of the log before the next one were removed before they could be read: the sockets of this server have missed them. Called as {@link #logged}. */
        default void missed() {}

        /** Whether a room has a member here: if not, broadcasts to it alone need not be decoded. */
        boolean hasRoom(String room);
    }

    /** Opens the broker of one namespace. */
    @FunctionalInterface
    interface Factory {
        /** Returns a broker that receives nothing until it is started. */
        Broker open(String namespace, Receiver receiver);
    }
}
