package dev.parley.server.internal.socket;

import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.ClientConnection;
import dev.parley.server.NoReplyException;
import dev.parley.server.NotSentException;
import dev.parley.server.Reply;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.internal.handler.HandlerQueue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The connection under a socket, which the client's sockets in other namespaces share. Safe from any thread. */
public interface UnderlyingConnection {
    /** Returns the current transport. */
    TransportKind transport();

    /** Returns the connection as applications see it. */
    ClientConnection connection();

    /** Sends an event to the client's socket in a namespace. */
    void send(String namespace, PreparedEvent event);

    /** Sends an event. The future is completed on the loop, exceptionally with a {@link NoReplyException}. */
    void ask(String namespace, Arguments event, Duration timeout, CompletableFuture<Reply> reply);

    /**
     * Disconnects the client from a namespace. When the whole connection is closed, no handler of an event begins afterwards, of any socket
     * of the connection.
     */
    void disconnect(String namespace, boolean closeConnection);

    /** Ends the connection as a lost one, so that the client reconnects. */
    default void moveAway() {}

    /** Counts events that wait for handlers, so that reading pauses before they are too many. */
    default HandlerQueue.Load load() {
        return HandlerQueue.Load.NONE;
    }

    /**
     * Waits until there is room for an event of this weight, where the calling thread may wait.
     *
     * @return what {@link #leave} takes back once the event was sent
     * @throws NotSentException when there was no room in time
     */
    default long enter(long weight) {
        return 0;
    }

    /** Reserves room as {@link #enter}, but never waits: returns a negative number when there is no room. */
    default long tryEnter(long weight) {
        return 0;
    }

    /** Releases a reservation of {@link #enter} or {@link #tryEnter}. */
    default void leave(long reservation) {}
}
