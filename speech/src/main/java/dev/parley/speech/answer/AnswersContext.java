package dev.parley.speech.answer;

import dev.parley.voice.Continuation;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The surroundings of the answers of one stream.
 *
 * @param tools     tools that may be called
 * @param inference limits and sampling of an answer
 * @param toolWait  timeout of a tool that an answer waits for
 * @param continues the earlier part of the conversation
 * @param speech    says the answers
 * @param events    receives {@link ModelEvent.ToolCall}
 * @param owner     runs a task on the stream's thread, with the time; callable from any thread, and without effect after the stream's end
 * @param tokens    counts tokens of text, for answers that count them themselves
 */
public record AnswersContext(List<ToolSpec> tools, Inference inference, Duration toolWait,
        Continuation continues, Speech speech, Consumer<ModelEvent> events, Consumer<Consumer<Instant>> owner,
        TokenCount tokens) {

    public AnswersContext {
        tools = List.copyOf(tools);
    }

    /** Adds tokens to the stream's usage, and reports the total. */
    @FunctionalInterface
    public interface TokenCount {
        void add(int input, int output);
    }
}
