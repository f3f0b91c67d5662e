package dev.parley.server;

/**
 * Decides on a client that wants to join a namespace, and may prepare its socket: rooms, data, handlers. Run on the socket's virtual
 * thread, so it may block; the client waits meanwhile.
 */
@FunctionalInterface
public interface Middleware {
    /**
     * Lets the client on by returning.
     *
     * @throws RefusedException to keep it out, with what it is told; after anything else thrown it is told {@code Internal error}
     */
    // Exception, for the reason given in EventHandler.
    void on(Socket socket) throws Exception;
}
