package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserEvent.ConversationFailed;
import dev.parley.voice.contract.BrowserEvent.EndReason;
import java.time.Duration;

/** The messages with which a conversation ends, and what the user can do next. */
final class Endings {

    private Endings() {}

    /** The model stream failed; the message is the model's. */
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
}
