package dev.parley.voice;

import java.util.List;
import java.util.function.Consumer;

/**
 * A speech model that holds spoken conversations: the embedded one, or Amazon Nova Sonic.
 *
 * <p>
 * Thread-safe: streams may be opened from any thread and run independently of one another.
 */
public interface SpeechModel extends AutoCloseable {

    /** Returns the name shown to people and in {@code /health}, for example {@code "embedded"}. */
    String name();

    /** Returns the available voices, the default one first. */
    List<Voice> voices();

    /** Returns the languages that it understands and speaks, as tags like {@code en-GB}. Default: the languages of its voices. */
    default List<String> languages() {
        return voices().stream().map(Voice::language).distinct().toList();
    }

    /**
     * Returns whether a conversation may briefly need a second stream, while one takes over from another. If so, the limit of conversations
     * is the number of streams that the model's provider allows, minus a headroom for this.
     */
    default boolean renewsStreams() {
        return false;
    }

    /** Returns whether somebody pays for its tokens. */
    default boolean billed() {
        return false;
    }

    /** Returns whether it answers typed text; otherwise it accepts only speech. */
    default boolean takesText() {
        return true;
    }

    /**
     * Opens one conversation with the model.
     *
     * <p>
     * {@code events} is called from the model's own threads, one call at a time and in order, and must not block. The last event of a
     * stream is {@link ModelEvent.Ended} or {@link ModelEvent.Failed}; no event follows it. A model without capacity for another stream
     * sends {@link ModelEvent.Failed} of kind {@link ModelEvent.Failed.Kind#BUSY}; this method does not throw in that case.
     */
    ModelStream open(StreamSettings settings, Consumer<ModelEvent> events);

    /** Ends every open stream and frees the model's resources. */
    @Override
    void close();

    /** A voice: the id that a browser sends as {@code voiceId}, and its label in the voice picker. */
    record Voice(String id, String label, String language) {}
}
