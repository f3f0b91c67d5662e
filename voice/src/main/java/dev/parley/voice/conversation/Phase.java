package dev.parley.voice.conversation;

import dev.parley.voice.contract.BrowserEvent.Activity;

/** Where a {@link Conversation} is. */
public enum Phase {
    /** The socket is there, nothing was asked for. */
    IDLE,
    /** {@code initializeConnection} or {@code startNewChat} was handled. No model stream is open. */
    INITIALISED,
    /** The prompt or its settings are known. No model stream is open. */
    PROMPTED,
    /** A stream is open and waits for the user. */
    LISTENING,
    /** The user has spoken or typed; no answer yet. */
    THINKING,
    /** An answer is coming. */
    SPEAKING,
    /** The stream was told to close and has not said that it did. */
    CLOSING,
    /** Stopped, failed, ended or inactive. The socket is there and may start again. */
    CLOSED,
    /** The socket is gone. Nothing has an effect any more. */
    GONE;

    /** Whether a model stream is open: opened and not told to close. */
    public boolean live() {
        return this == LISTENING || this == THINKING || this == SPEAKING;
    }

    /** Returns the live phase with this activity. */
    static Phase of(Activity activity) {
        return switch (activity) {
            case LISTENING -> LISTENING;
            case THINKING -> THINKING;
            case SPEAKING -> SPEAKING;
        };
    }

    /** Whether inactivity counts: something was asked for and is not over. */
    boolean session() {
        return live() || this == INITIALISED || this == PROMPTED;
    }
}
