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

    /** The name shown to people and in {@code /health}, for example {@code "embedded"}. */
    String name();

    /** The voices it speaks with, the default one first. */
    List<Voice> voices();

    /** The languages it understands and speaks, as tags like {@code en-GB}; those of its voices, if it does not say otherwise. */
    default List<String> languages() {
        return voices().stream().map(Voice::language).distinct().toList();
    }

    /**
     * Whether a conversation may need a second stream for a moment, while one takes over from another. Then the count of streams that the
     * model's provider allows, less a headroom for this, is the limit of conversations.
     */
    default boolean renewsStreams() {
        return false;
    }

    /** Whether it answers what is typed; a model that does not hears only what is spoken. */
    default boolean takesText() {
        return true;
    }

    /**
     * Opens one conversation with the model.
     *
     * <p>
     * {@code events} is called from the model's own threads, one call at a time and in order, and must not block. The last event of a
     * stream is {@link ModelEvent.Ended} or {@link ModelEvent.Failed}; nothing follows it. A model that has no room for another stream
     * answers with {@link ModelEvent.Failed} of kind {@link ModelEvent.Failed.Kind#BUSY}; this method itself does not throw for that.
     */
    ModelStream open(StreamSettings settings, Consumer<ModelEvent> events);

    /** Ends every open stream and frees what the model holds. */
    @Override
    void close();

    /** A voice: the id that a browser sends as {@code voiceId}, and what people read in the voice picker. */
    record Voice(String id, String label, String language) {}
}
