package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserEvent.ConversationFailed;
import dev.parley.voice.contract.BrowserEvent.EndReason;
import java.time.Duration;

/** Holds the messages that end a conversation and say what the user can do next. */
final class Endings {

    /** What the assistant says before the longest time is over. */
    static final String LAST_MINUTE = "This conversation ends in one minute.";

    private Endings() {}

    /** Returns the event for a failed model stream, with the model's message. */
    static ConversationFailed failed(ModelEvent.Failed failure) {
        var text = failure.message().isBlank() ? "The speech model failed." : failure.message().strip();
        return switch (failure.kind()) {
            case RECOVERABLE ->
                new ConversationFailed(text + " Start again to go on.", EndReason.RECOVERABLE);
            case BUSY -> new ConversationFailed(text + " Try again in a moment.", EndReason.BUSY);
            case FATAL -> new ConversationFailed(text, EndReason.FATAL);
        };
    }

    static ConversationFailed inactive(Duration after) {
        return new ConversationFailed("The conversation was closed because nothing happened for "
                + after.toMinutes() + " minutes. Start again to go on.", EndReason.INACTIVE);
    }

    static ConversationFailed longest(Duration after) {
        return new ConversationFailed("The conversation has reached its longest time, " + after.toMinutes()
                + " minutes. Start again to go on.", EndReason.RECOVERABLE);
    }
}
