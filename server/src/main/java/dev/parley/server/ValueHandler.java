package dev.parley.server;

/** Handles the first argument of an event, converted to a class, and needs nothing else of the event. Run like an {@link EventHandler}. */
@FunctionalInterface
public non-sealed interface ValueHandler<T> extends SocketHandler {
    // Exception, for the reason given in EventHandler.
    /** Handles the value. */
    void on(T value) throws Exception;
}
