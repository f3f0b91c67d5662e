package dev.parley.cascade;

import dev.parley.speech.answer.AnswersContext;
import dev.parley.voice.Continuation;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.ToolSpec;
import dev.parley.voice.language.Prompt;
import dev.parley.voice.language.Prompt.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The answers of one stream with a model, a voice and a clock of the test. */
final class Harness {

    static final ToolSpec READ = new ToolSpec("find", "Finds.", "{\"type\":\"object\"}", true);
    static final ToolSpec WRITE = new ToolSpec("book", "Books.", "{\"type\":\"object\"}");

    final FakeModel model = new FakeModel();
    final FakeSpeech speech = new FakeSpeech();
    final List<ModelEvent> events = new ArrayList<>();
    int input;
    int output;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final CascadeAnswers answers;

    Harness() {
        this(CascadeOptions.defaults().withRules("RULES"), Continuation.none());
    }

    Harness(CascadeOptions options, Continuation continues) {
        var context = new AnswersContext(List.of(READ, WRITE), Inference.defaults(), Duration.ofSeconds(8),
                continues, speech, events::add, task -> task.accept(now), (in, out) -> {
                    input += in;
                    output += out;
                });
        answers = new CascadeAnswers(model, options, new FailureReports(model), context);
        speech.reportTo(answers::said);
    }

    Harness prompted() {
        answers.systemPrompt("You are Ada.", now);
        return this;
    }

    /** Lets the user say a whole turn, and returns the request for it. */
    FakeModel.Request ask(String text) {
        answers.heard(text, now);
        return model.last();
    }

    /** Lets a turn of both sides pass. */
    void exchange(String question, String reply) {
        ask(question).text(reply).done();
        speech.heardAll();
        later(1);
    }

    void later(long millis) {
        now = now.plusMillis(millis);
        answers.tick(false, now);
    }

    List<String> messages() {
        return model.last().prompt.messages().stream().map(Harness::line).toList();
    }

    private static String line(Message message) {
        return switch (message) {
            case Message.User user -> "user: " + user.text();
            case Message.Assistant said -> "assistant: " + said.text()
                    + said.calls()
                            .stream()
                            .map(Prompt.ToolUse::name)
                            .map(name -> " <" + name + ">")
                            .reduce("", String::concat);
            case Message.ToolResult result -> "tool " + result.callId() + ": " + result.result();
        };
    }

    List<ModelEvent.ToolCall> calls() {
        return events.stream()
                .filter(ModelEvent.ToolCall.class::isInstance)
                .map(ModelEvent.ToolCall.class::cast)
                .toList();
    }
}
