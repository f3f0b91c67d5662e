package dev.parley.voice.contract;

import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import org.jspecify.annotations.Nullable;

/**
 * An event that the server sends to a browser. {@link BrowserCodec#encode(BrowserEvent)} turns it into JSON; {@code docs/events.md} describes each
 * event with its fields. Immutable; arrays of bytes are handed over and must not be changed.
 */
public sealed interface BrowserEvent {

    /** The side that a block of content belongs to. */
    enum Role {
        USER,
        ASSISTANT,
        TOOL
    }

    /** The kind of a block of content. */
    enum ContentType {
        TEXT,
        AUDIO,
        TOOL
    }

    /** The activity of an open conversation. */
    enum Activity {
        LISTENING,
        THINKING,
        SPEAKING
    }

    /** The reason why the server ended a conversation. */
    enum EndReason {
        /** The model failed; another conversation can be started at once. */
        RECOVERABLE,
        /** The model has no room; another try may succeed later. */
        BUSY,
        /** The model failed, and another try does not help. */
        FATAL,
        /** Nothing happened for too long. */
        INACTIVE;

        /** Whether starting again can help. */
        public boolean retry() {
            return this != FATAL;
        }
    }

    /**
     * The model stream that an event comes from, with the ids that Nova Sonic gives its own.
     *
     * @param sessionId names the conversation to the browser
     * @param stream    number of the stream in this conversation, from 1
     */
    record Origin(String sessionId, int stream) {

        String promptName() {
            return sessionId + "-" + stream;
        }

        String completionId() {
            return promptName() + "-0";
        }
    }

    /** {@code completionStart}: the first event of a stream. */
    record CompletionStart(Origin origin) implements BrowserEvent {}

    /** {@code contentStart} of a text. */
    record TextStart(Origin origin, String contentId, Role role, Stage stage) implements BrowserEvent {}

    /** {@code contentStart} of the assistant's speech. */
    record SpeechStart(Origin origin, String contentId) implements BrowserEvent {}

    /** {@code contentStart} of a tool call. */
    record ToolStart(Origin origin, String toolUseId) implements BrowserEvent {}

    /** {@code textOutput}: the text of a block. */
    record TextOutput(Origin origin, String contentId, Role role, String content) implements BrowserEvent {}

    /**
     * {@code audioOutput}: a piece of the assistant's speech. It has no ids of its stream: no front end reads them there, and they would cost as
     * much as 3 ms of sound each time.
     *
     * @param pcm PCM, 24 kHz, mono, 16-bit little-endian
     */
    record AudioOutput(String contentId, byte[] pcm, AudioFormat format) implements BrowserEvent {}

    /** Ends a block. */
    record ContentEnd(Origin origin, String contentId, ContentType type, Role role,
            StopReason stop) implements BrowserEvent {}

    /** {@code toolUse}: the model calls a tool; the arguments are a JSON object as text. */
    record ToolUse(Origin origin, String toolUseId, String tool, String arguments) implements BrowserEvent {}

    /** {@code toolResult}: the result of a tool, a JSON object as text. */
    record ToolResult(String toolUseId, String result) implements BrowserEvent {}

    /** {@code bargeIn}: the user spoke over the assistant. */
    record BargeIn(Origin origin) implements BrowserEvent {}

    /** {@code streamInterrupted}: follows each {@code bargeIn}, for front ends that know this name. */
    record StreamInterrupted(Origin origin) implements BrowserEvent {}

    /**
     * {@code answerPaused}: Parley's extension for front ends that asked for it with {@code pausable}. A voice is heard over the answer: the
     * player stops at once and drops the audio that it has. {@code answerResumed} or {@code bargeIn} follows.
     */
    record AnswerPaused(Origin origin) implements BrowserEvent {}

    /** {@code answerResumed}: the paused answer goes on, and the rest of its audio follows. */
    record AnswerResumed(Origin origin) implements BrowserEvent {}

    /**
     * {@code selfHeard}: Parley's extension for front ends that sent {@code pausable}. The assistant hears its own voice: the front end
     * sends silence while it plays an answer, and offers the user an action that ends this.
     */
    record SelfHeard(Origin origin) implements BrowserEvent {}

    /**
     * {@code turnSuperseded}: Parley's extension. The user went on speaking: the last text of the user and the answers to it are void. Earlier
     * texts of the same turn stay, and the whole sentence follows as a new text.
     */
    record TurnSuperseded(Origin origin) implements BrowserEvent {}

    /**
     * {@code questionLost}: Parley's extension. The model failed, and what the user said last, or the rest of the answer to it, could not be
     * saved: the user is asked to say it again.
     */
    record QuestionLost(Origin origin) implements BrowserEvent {}

    /**
     * {@code usageEvent}: tokens used by the stream.
     *
     * @param delta since the event before
     * @param total since the stream was opened
     */
    record TokensUsed(Origin origin, Usage delta, Usage total) implements BrowserEvent {}

    /** {@code audioReady}: the answer to {@code audioStart}. */
    record AudioReady() implements BrowserEvent {}

    /** {@code sessionClosed}: the conversation is over, and the browser may start another. */
    record SessionClosed() implements BrowserEvent {}

    /** {@code streamComplete}: the model ended the conversation. */
    record StreamComplete() implements BrowserEvent {}

    /** {@code voiceConfigConfirmed}: the next stream uses this voice. */
    record VoiceConfirmed(String voiceId) implements BrowserEvent {}

    /** {@code state}: Parley's extension. */
    record State(Activity activity) implements BrowserEvent {}

    /** {@code error} about a command; the conversation goes on. */
    record CommandFailed(String message) implements BrowserEvent {}

    /** {@code error} that ends the conversation. */
    record ConversationFailed(String message, EndReason reason) implements BrowserEvent {}

    /** {@code queue}: Parley's extension for a conversation that waits for a stream; 1 is next, 0 has one. */
    record QueuePosition(int position) implements BrowserEvent {}

    /**
     * {@code conversation}: Parley's extension for browsers that want to find their conversation again.
     *
     * @param token   names the conversation
     * @param resumed whether the browser goes on with a conversation that it was in before
     * @param from    number of events that the browser counts as received from now on
     * @param audio   the audio that has arrived; null for a browser that did not ask for {@code replay}
     * @param anew    whether another server held the conversation, and audio is counted from the next piece that arrives
     */
    record ConversationOffered(String token, boolean resumed, long from, @Nullable AudioReceived audio,
            boolean anew) implements BrowserEvent {

        /** Creates the offer of a server that has counted all audio of the conversation. */
        public ConversationOffered(String token, boolean resumed, long from, @Nullable AudioReceived audio) {
            this(token, resumed, from, audio, false);
        }
    }

    /**
     * {@code audioReceived}: Parley's extension for front ends that sent {@code replay}. Confirms audio, once a second while audio arrives.
     *
     * @param count number of {@code audioInput} events of this conversation that have arrived; all before them have arrived too
     * @param lost  number of these that were dropped, because the server had no room for them
     */
    record AudioReceived(long count, long lost) implements BrowserEvent {}

    /** {@code conversationMoved}: the last event of a browser whose conversation went on elsewhere. */
    record ConversationMoved() implements BrowserEvent {}

    /** {@code textInput} on its way back: text that the user typed, for a page that was opened afresh. */
    record TypedText(String content) implements BrowserEvent {}

    /** The name under which it is sent. */
    default String name() {
        return switch (this) {
            case CompletionStart _any -> "completionStart";
            case TextStart _any -> "contentStart";
            case SpeechStart _any -> "contentStart";
            case ToolStart _any -> "contentStart";
            case TextOutput _any -> "textOutput";
            case AudioOutput _any -> "audioOutput";
            case ContentEnd _any -> "contentEnd";
            case ToolUse _any -> "toolUse";
            case ToolResult _any -> "toolResult";
            case BargeIn _any -> "bargeIn";
            case StreamInterrupted _any -> "streamInterrupted";
            case AnswerPaused _any -> "answerPaused";
            case AnswerResumed _any -> "answerResumed";
            case SelfHeard _any -> "selfHeard";
            case TurnSuperseded _any -> "turnSuperseded";
            case QuestionLost _any -> "questionLost";
            case TokensUsed _any -> "usageEvent";
            case AudioReady _any -> "audioReady";
            case SessionClosed _any -> "sessionClosed";
            case StreamComplete _any -> "streamComplete";
            case VoiceConfirmed _any -> "voiceConfigConfirmed";
            case State _any -> "state";
            case CommandFailed _any -> "error";
            case ConversationFailed _any -> "error";
            case QueuePosition _any -> "queue";
            case ConversationOffered _any -> "conversation";
            case AudioReceived _any -> "audioReceived";
            case ConversationMoved _any -> "conversationMoved";
            case TypedText _any -> "textInput";
        };
    }
}
