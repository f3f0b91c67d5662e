package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A socket of this server, as its adapter sees it. Safe from any thread; no method blocks. */
public interface LocalSocket {
    /** Returns its id, which is also the name of the room that only it is in. */
    String id();

    /** Returns a description for other servers, as of now. */
    SocketDescription describe();

    /** Returns the state that its client may recover, as of now; empty if the client cannot recover it. */
    default Optional<PersistedSession> session() {
        return Optional.empty();
    }

    /** Sends an event that is already encoded. */
    void deliver(PreparedEvent event);

    /** Sends an event that asks for an acknowledgement. Does not call {@code expect} of the collector. */
    void ask(Arguments event, Duration timeout, AckCollector collector);

    /** Makes the socket join rooms. */
    void enter(Set<String> rooms);

    /** Makes the socket leave rooms. */
    void exit(Set<String> rooms);

    /** Disconnects the socket from its namespace, or closes its whole connection. */
    void expel(boolean closeConnection);
}
