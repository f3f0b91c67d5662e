package dev.parley.voice.language;

/** A generation that is going on. Thread-safe. */
public interface Generation {

    /** Cancels the generation, at the provider too: the connection of its response is closed. Does nothing if it has ended. */
    void cancel();
}
