package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent;
import java.util.Optional;

/** Extracts the facts about a stream that subscribers receive even after the stream was told to close. */
final class StreamFacts {

    private StreamFacts() {}

    /** Returns the fact that an event of this stream carries, if any. */
    static Optional<ConversationEvent> of(int stream, ModelEvent event) {
        return switch (event) {
            case ModelEvent.Usage total -> Optional.of(new ConversationEvent.TokensCounted(stream, total));
            case ModelEvent.Moved(var afterFailure) ->
                Optional.of(new ConversationEvent.StreamReplaced(afterFailure));
            case ModelEvent.Ended _end ->
                Optional.of(new ConversationEvent.StreamEnded(stream, Optional.empty()));
            case ModelEvent.Failed(var kind, var _message) ->
                Optional.of(new ConversationEvent.StreamEnded(stream, Optional.of(kind)));
            case ModelEvent.UserText _any -> Optional.empty();
            case ModelEvent.AssistantText _any -> Optional.empty();
            case ModelEvent.Audio _any -> Optional.empty();
            case ModelEvent.AudioEnd _any -> Optional.empty();
            case ModelEvent.Interrupted _any -> Optional.empty();
            case ModelEvent.Paused _any -> Optional.empty();
            case ModelEvent.Resumed _any -> Optional.empty();
            case ModelEvent.SelfHeard _any -> Optional.empty();
            case ModelEvent.QuestionLost _any -> Optional.empty();
            case ModelEvent.Snapshot _any -> Optional.empty();
            case ModelEvent.Superseded _any -> Optional.empty();
            case ModelEvent.ToolCall _any -> Optional.empty();
        };
    }
}
