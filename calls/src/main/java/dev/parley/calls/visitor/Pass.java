package dev.parley.calls.visitor;

/** The right to begin conversations. Thread-safe; never waits. */
@FunctionalInterface
public interface Pass {

    /** A pass that is always valid. */
    Pass UNLIMITED = () -> true;

    /** Takes the right to begin a conversation; returns whether there was one left. */
    boolean begin();
}
