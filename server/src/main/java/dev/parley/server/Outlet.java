package dev.parley.server;

import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.PreparedEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a socket needs of its connection. */
interface Outlet {
    TransportKind transport();

    ClientConnection connection();

    void send(ClientSocket socket, PreparedEvent event);

    /** Sends an event; the future is completed on the loop, exceptionally with a {@link NoReplyException}. */
    void ask(ClientSocket socket, Arguments event, Duration timeout, CompletableFuture<Reply> reply);

    /** No handler of an event begins afterwards, of any socket of the connection when that is closed. */
    void disconnect(ClientSocket socket, boolean closeConnection);

    default void moveAway() {}

    /** Counts events that wait for handlers, so that reading pauses before they are too many. */
    default Mailbox.Load load() {
        return Mailbox.Load.NONE;
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

    /** {@link #enter} without waiting: a negative number when there is no room. */
    default long tryEnter(long weight) {
        return 0;
    }

    /** After {@link #enter} or {@link #tryEnter}. */
    default void leave(long reservation) {}
}
