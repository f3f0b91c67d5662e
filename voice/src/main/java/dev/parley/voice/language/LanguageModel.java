package dev.parley.voice.language;

import java.util.function.Consumer;

/**
 * A language model that completes a conversation in text, such as one behind an OpenAI-compatible endpoint. Thread-safe: generations run
 * independently of one another.
 */
public interface LanguageModel extends AutoCloseable {

    /** Returns the name of the model, as its provider knows it. */
    String name();

    /** Returns the host that the conversation is sent to, to be shown to people. */
    String host();

    /**
     * Begins a generation and returns at once.
     *
     * <p>
     * {@code events} is called from threads of the model, one call at a time and in order, and must not block. The last event is
     * {@link GenerationEvent.Done} or {@link GenerationEvent.Failed}. No event follows it, and none follows {@link Generation#cancel} that
     * was not already on its way.
     */
    Generation generate(Prompt prompt, Consumer<GenerationEvent> events);

    /** Opens a connection ahead of a request, if none is open. Returns at once; errors are ignored, because the request will meet them. */
    default void warm() {}

    /** Cancels all generations. */
    @Override
    void close();
}
