package dev.parley.server;

/** Takes an event whose first argument has been made a value of a class, usually a record. Run like an {@link EventHandler}. */
@FunctionalInterface
public interface TypedHandler<T> {
    // Exception, for the reason given in EventHandler.
    /** Takes the value, and the event for its other arguments and the answer. */
    void on(T value, Event event) throws Exception;
}
