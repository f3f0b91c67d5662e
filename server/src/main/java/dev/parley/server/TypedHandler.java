package dev.parley.server;

/** Takes an event whose first argument has been made a value of a class, usually a record. Run like an {@link EventHandler}. */
@FunctionalInterface
public interface TypedHandler<T> {
    // Exception, for the reason given in EventHandler.
    void on(T value, Event event) throws Exception;
}
