package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** What an adapter may ask of the namespace it serves. Safe from any thread. */
public interface AdapterHost {
    /** The namespace's name. */
    String name();

    /** The socket of this id, when it is on this server. */
    Optional<? extends LocalSocket> find(String id);

    /** All sockets of the namespace on this server. */
    Collection<? extends LocalSocket> all();

    /** Encodes an event, once for all who will get it. */
    PreparedEvent prepare(Arguments event, BroadcastOptions options);

    /** Present when lost clients may come back. */
    Optional<RecoveryOptions> recovery();

    /** The clock that sessions go by; not comparable with the wall's, nor with another server's. */
    InstantSource clock();

    /** Hands an event of another server to the application. */
    void serverSideEvent(Arguments event, Consumer<Arguments> answer);
}
