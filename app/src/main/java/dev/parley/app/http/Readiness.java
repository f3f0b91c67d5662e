package dev.parley.app.http;

import java.util.Optional;

/**
 * Whether conversations can be held.
 *
 * @param state  as {@code /health/ready} says it
 * @param reason why not, fit to be shown to anybody; empty when nothing is wrong
 */
public record Readiness(State state, Optional<String> reason) {

    /** The server answers HTTP in each of them. */
    public enum State {
        LOADING,
        READY,
        FAILED
    }
}
