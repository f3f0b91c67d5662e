package dev.parley.server;

/**
 * Decides on a client that wants to join a namespace, and may prepare its socket: rooms, data, handlers. Run on the socket's virtual
 * thread, so it may block; the client waits meanwhile.
 */
@FunctionalInterface
public interface Middleware {
    /**
     * Admits the client by returning.
     *
     * @throws RefusedException to refuse it, with the message and data that it receives; after any other exception it receives {@code Internal
     *                          error}
     */
    // Exception, for the reason given in EventHandler.
    void on(Socket socket) throws Exception;
}
