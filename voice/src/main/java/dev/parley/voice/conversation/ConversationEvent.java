package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.conversation.Turn.Role;
import java.util.Optional;

/**
 * A fact about a conversation, as decided by {@link Conversation}. Metrics, transcripts, spending and the admin page subscribe to these
 * facts and do not interpret the model's events themselves.
 */
public sealed interface ConversationEvent {

    /** A conversation with an empty history began. Its turns are numbered from 1. */
    record Begun() implements ConversationEvent {}

    /**
     * A model stream was opened.
     *
     * @param afterFailure whether the previous stream failed; otherwise it is the first one of a conversation
     */
    record StreamOpened(int stream, boolean afterFailure) implements ConversationEvent {}

    /** The first event of the open stream arrived. */
    record StreamBegan(int stream) implements ConversationEvent {}

    /**
     * The model moved the conversation to another stream of its service.
     *
     * @param afterFailure whether the previous stream failed; otherwise it was replaced because of its age
     */
    record StreamReplaced(boolean afterFailure) implements ConversationEvent {}

    /** Total tokens that the stream has used so far. The stream may have been told to close. */
    record TokensCounted(int stream, Usage total) implements ConversationEvent {}

    /** The stream ended, or failed for a reason of this kind. The stream may have been told to close. */
    record StreamEnded(int stream, Optional<Failed.Kind> failure) implements ConversationEvent {}

    /** The user said or typed something that needs an answer. Further input before the answer begins belongs to the same turn. */
    record TurnBegun(Source source) implements ConversationEvent {}

    /**
     * The final text that was said or typed.
     *
     * @param turn number of the turn that the text belongs to, growing with time; a late text belongs to an earlier turn
     */
    record TextFinal(int turn, Role role, Source source, String text) implements ConversationEvent {}

    /** The first audio of the answer to a turn arrived. */
    record AnswerBegun() implements ConversationEvent {}

    /** The user spoke over the assistant. */
    record Interrupted() implements ConversationEvent {}

    /**
     * The user went on speaking: the last text of the user and the answers to it are void. The texts of the user's turn that remain are told
     * again under the same number, as {@link Source#SPOKEN}; then the whole sentence follows.
     *
     * @param turn the user's turn; the answers to it have greater numbers
     */
    record TurnSuperseded(int turn) implements ConversationEvent {}

    /** The way in which a text was entered. */
    enum Source {
        SPOKEN,
        TYPED
    }
}
