package dev.parley.server;

import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.util.Collection;

/**
 * One client's connection: the Engine.IO session under the sockets that it has in the namespaces. It lives on when a socket leaves, and
 * moves from polling to WebSocket when the client upgrades. Safe from any thread; nothing here blocks.
 */
public interface ClientConnection {
    /** A short name made for logs, which {@link ServerListener} is told too. The session's id is a secret and is not told. */
    String name();

    /** The request that opened it, without any credentials: those belong to the namespaces. */
    Handshake request();

    /** The revision of Engine.IO that the client speaks. */
    EngineRevision revision();

    /** The transport in use, as of now. */
    TransportKind transport();

    /** Whether it has not ended yet. */
    boolean open();

    /** The client's sockets, one for each namespace it is in, as of now. */
    Collection<Socket> sockets();

    /** Adds one who is told of what happens on it from here on. */
    void observe(ConnectionListener listener);

    /** Puts the client out of all its namespaces and ends the session, after what was sent before. Does nothing when it has ended. */
    void close();
}
