package dev.parley.server;

/**
 * Handles one event. Handlers given to {@link Socket#on} run on a virtual thread, one after the other for a socket, and may block;
 * inline ones run on the socket's event loop and must not. What a handler throws is logged, as an error unless the client caused it ({@link
 * ArgumentTypeException}, {@link NotSentException}), and the socket lives on.
 */
@FunctionalInterface
public non-sealed interface EventHandler extends SocketHandler {
    // Exception, so that handlers can do I/O without wrapping; it ends at the boundary either way.
    /** Handles one event. */
    void on(Event event) throws Exception;
}
