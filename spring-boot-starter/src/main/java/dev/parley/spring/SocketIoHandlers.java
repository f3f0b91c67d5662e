package dev.parley.spring;

import dev.parley.server.SocketIoServer;

/**
 * Registers an application's handlers on the server. Beans of this type are called once each, in their order ({@code @Order}), on the
 * thread that starts the application, before the server listens: all handlers are registered when the first client connects. An exception
 * stops the start of the application.
 */
@FunctionalInterface
public interface SocketIoHandlers {
    /** Registers namespaces, middleware and handlers. */
    void register(SocketIoServer io);
}
