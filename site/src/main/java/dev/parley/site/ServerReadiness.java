package dev.parley.site;

import java.util.Optional;

/**
 * Whether the server is ready for conversations.
 *
 * @param state  the state in {@code /health/ready}
 * @param reason the reason of a failure, which may be shown publicly; empty if there is none
 */
public record ServerReadiness(State state, Optional<String> reason) {

    /** The server responds over HTTP in each of them. */
    public enum State {
        LOADING,
        READY,
        FAILED
    }
}
