package dev.parley.server;

/** Decides on an event before its handlers run. Called on the socket's virtual thread; may block. */
@FunctionalInterface
public interface EventFilter {
    /** Returns whether the event's handlers run. An exception stops the event too, and goes to the handlers of {@link Socket#onError}. */
    // Exception, for the reason given in EventHandler.
    boolean pass(Event event) throws Exception;
}
