package dev.parley.voice.conversation;

import dev.parley.voice.contract.BrowserEvent.Activity;

/** The phase of a {@link Conversation}. */
public enum Phase {
    /** The socket is connected and no command was handled. */
    IDLE,
    /** {@code initializeConnection} or {@code startNewChat} was handled. No model stream is open. */
    INITIALISED,
    /** The prompt or its settings are known. No model stream is open. */
    PROMPTED,
    /** A stream is open and waits for the user. */
    LISTENING,
    /** The user has spoken or typed; no answer has begun. */
    THINKING,
    /** An answer is arriving. */
    SPEAKING,
    /** The stream was told to close and has not confirmed it. */
    CLOSING,
    /** The conversation was stopped, failed, ended or became inactive. The socket is still connected and may start again. */
    CLOSED,
    /** The socket is closed. No input has an effect. */
    GONE;

    /** Returns whether a model stream is open: opened and not told to close. */
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

    /** Returns whether the inactivity timeout applies: a conversation was started and is not over. */
    boolean session() {
        return live() || this == INITIALISED || this == PROMPTED;
    }
}
