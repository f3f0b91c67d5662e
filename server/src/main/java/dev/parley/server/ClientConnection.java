package dev.parley.server;

import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.util.Collection;

/**
 * One client's connection: the Engine.IO session under its sockets in the namespaces. It stays open when a socket leaves, and moves from
 * polling to WebSocket when the client upgrades. Safe from any thread; no method blocks.
 */
public interface ClientConnection {
    /** Returns a short name for logs, which {@link ServerListener} receives too. The session id is secret and is not exposed. */
    String name();

    /** Returns the request that opened it, without credentials: those belong to the namespaces. */
    Handshake request();

    /** Returns the revision of Engine.IO that the client uses. */
    EngineRevision revision();

    /** Returns the current transport. */
    TransportKind transport();

    /** Returns whether the session is open. */
    boolean open();

    /** Returns the client's current sockets, one for each namespace that it has joined. */
    Collection<Socket> sockets();

    /** Adds a listener that is called for events of this connection from now on. */
    void observe(ConnectionListener listener);

    /**
     * Disconnects the client from all its namespaces and closes the session, after packets that were sent before. Does nothing when it is
     * closed.
     */
    void close();
}
