package dev.parley.server;

/**
 * Creates the objects behind the interfaces of this package. Implemented in this module and found with {@link java.util.ServiceLoader}, so
 * that the API does not depend on its implementation. Applications call {@link SocketIoServer#create} instead. Safe from any thread.
 */
public interface ServerProvider {
    /** Creates a server, which does not listen yet. */
    SocketIoServer create(ServerOptions options);

    /** Returns the reader of auth objects that uses the default JSON mapper. */
    Handshake.AuthReader authReader();
}
