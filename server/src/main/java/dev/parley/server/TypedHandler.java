package dev.parley.server;

/**
 * Handles the first argument of an event, converted to a class, usually a record, together with the event. Run like an {@link
 * EventHandler}.
 */
@FunctionalInterface
public non-sealed interface TypedHandler<T> extends SocketHandler {
    // Exception, for the reason given in EventHandler.
    /** Handles the value; the event has the other arguments and the acknowledgement. */
    void on(T value, Event event) throws Exception;
}
