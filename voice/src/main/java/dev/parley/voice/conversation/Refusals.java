package dev.parley.voice.conversation;

import java.util.Optional;

/** Holds the messages that refuse sound or text of the user, and say what to send instead. */
final class Refusals {

    static final String SOUND_WAITS = "audioInput waits for audioStart and the oldest is lost; send audioStart to be heard.";

    private Refusals() {}

    /**
     * Returns the message for sound that no conversation takes.
     *
     * @param grace whether the conversation has only just ended, so that sound may still be under way
     */
    static Optional<String> sound(Phase phase, boolean grace) {
        return switch (phase) {
            case IDLE -> Optional.of(
                    "There is no conversation yet; send promptStart, systemPrompt and audioStart before audioInput.");
            case CLOSED -> grace ? Optional.empty()
                    : Optional.of(
                            "The conversation is over; send audioStart to start again before audioInput.");
            case CLOSING, GONE, INITIALISED, PROMPTED, LISTENING, THINKING, SPEAKING -> Optional.empty();
        };
    }

    /**
     * Returns the message for typed text, unless it is taken.
     *
     * @param read whether the model reads typed text
     */
    static Optional<String> text(Phase phase, boolean read) {
        if (!phase.session()) {
            return Optional.of(phase == Phase.IDLE
                    ? "There is no conversation yet; send initializeConnection or promptStart before textInput."
                    : "The conversation is over; send initializeConnection or audioStart to start again before textInput.");
        }
        return read ? Optional.empty()
                : Optional.of("The speech model does not read what is typed; say it instead.");
    }
}
