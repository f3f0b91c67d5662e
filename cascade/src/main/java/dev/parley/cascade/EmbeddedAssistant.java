package dev.parley.cascade;

import dev.parley.assistant.dialogue.Dialogue;
import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.speech.answer.AnswersContext;
import dev.parley.speech.turn.Interjection;
import dev.parley.voice.ModelEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The embedded assistant, which answers what it can while the language model cannot, and knows the persona's greeting. At most one tool call
 * waits. Not thread-safe.
 */
final class EmbeddedAssistant {

    private static final int MAX_MURMUR = 24;

    private final Dialogue dialogue;
    private final Duration toolWait;
    private String waitsFor = "";
    private Instant until = Instant.MAX;

    EmbeddedAssistant(AnswersContext context) {
        dialogue = new Dialogue(context.tools());
        toolWait = context.toolWait();
    }

    void systemPrompt(String text) {
        dialogue.systemPrompt(text);
    }

    Optional<String> greeting() {
        return dialogue.greeting().map(reply -> reply instanceof Reply.Say(var text) ? text : "");
    }

    double speed() {
        return dialogue.speed();
    }

    /** Returns the reply to a text, if it understands the text. */
    Optional<Reply> answer(String text) {
        return text.isEmpty() || !dialogue.understands(text) ? Optional.empty()
                : Optional.of(dialogue.user(text));
    }

    /** Returns whether a single word is none to react to. */
    boolean isMurmur(String text) {
        return text.length() <= MAX_MURMUR && !text.strip().contains(" ")
                && Interjection.of(text) == Interjection.SPEECH && !dialogue.understands(text);
    }

    /** Waits for the result of a tool from now on, and returns the event that calls it. */
    ModelEvent call(Reply.Call call, Instant now) {
        waitsFor = call.toolUseId();
        until = now.plus(toolWait);
        return new ModelEvent.ToolCall(call.toolUseId(), call.tool(), call.argumentsJson());
    }

    boolean waiting() {
        return !waitsFor.isEmpty();
    }

    Optional<Instant> deadline() {
        return waiting() ? Optional.of(until) : Optional.empty();
    }

    /** Takes the result of a tool. Returns the reply, if one waits for it. */
    Optional<Reply> result(String id, String json) {
        if (!id.equals(waitsFor)) {
            return Optional.empty();
        }
        drop();
        return Optional.of(dialogue.toolResult(id, json));
    }

    /** Gives up a result that is late, and returns the reply to that. */
    Optional<Reply> tooLate(Instant now) {
        return waiting() && !now.isBefore(until) ? result(waitsFor, ToolRound.TOO_LATE) : Optional.empty();
    }

    /** Waits for no result any more. */
    void drop() {
        waitsFor = "";
        until = Instant.MAX;
    }
}
