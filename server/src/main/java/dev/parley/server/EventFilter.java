package dev.parley.server;

/** Sees an event before its handlers, on the socket's virtual thread. */
@FunctionalInterface
public interface EventFilter {
    /** Whether the event goes on to its handlers. What is thrown stops it too, and is told to {@link Socket#onError}. */
    // Exception, for the reason given in EventHandler.
    boolean pass(Event event) throws Exception;
}
