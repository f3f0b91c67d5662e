package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** The namespace that an adapter serves. Safe from any thread. */
public interface AdapterHost {
    /** Returns the name of the namespace. */
    String name();

    /** Returns the socket of this id; empty when it is not on this server. */
    Optional<? extends LocalSocket> find(String id);

    /** Returns all sockets of the namespace on this server. */
    Collection<? extends LocalSocket> all();

    /** Encodes an event once for all its receivers. */
    PreparedEvent prepare(Arguments event, BroadcastOptions options);

    /** Returns the options of connection state recovery; empty when it is off. */
    Optional<RecoveryOptions> recovery();

    /** Returns the clock of the sessions. Its instants cannot be compared with the wall clock, nor with another server's. */
    InstantSource clock();

    /** Passes an event of another server to the application. */
    void serverSideEvent(Arguments event, Consumer<Arguments> answer);
}
