package dev.parley.cascade;

import dev.parley.voice.language.Generation;
import dev.parley.voice.language.GenerationEvent;
import dev.parley.voice.language.GenerationEvent.Usage;
import dev.parley.voice.language.GenerationFailure;
import dev.parley.voice.language.LanguageModel;
import dev.parley.voice.language.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A language model that says what the test lets it say. */
final class FakeModel implements LanguageModel {

    final List<Request> requests = new ArrayList<>();
    int warmed;

    /** A request, and the words that the test gives to it. */
    static final class Request implements Generation {
        final Prompt prompt;
        private final Consumer<GenerationEvent> events;
        boolean cancelled;

        Request(Prompt prompt, Consumer<GenerationEvent> events) {
            this.prompt = prompt;
            this.events = events;
        }

        Request text(String... pieces) {
            for (String piece : pieces) {
                events.accept(new GenerationEvent.Text(piece));
            }
            return this;
        }

        void done(Prompt.ToolUse... calls) {
            events.accept(new GenerationEvent.Done(List.of(calls), new Usage(100, 10)));
        }

        void doneWithoutUsage() {
            events.accept(new GenerationEvent.Done(List.of(), Usage.UNKNOWN));
        }

        void fail(GenerationFailure.Kind kind) {
            events.accept(new GenerationEvent.Failed(GenerationFailure.of(kind)));
        }

        void fail(GenerationFailure.Kind kind, int status, Duration retryAfter) {
            events.accept(new GenerationEvent.Failed(new GenerationFailure(kind, status, retryAfter)));
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    Request last() {
        return requests.getLast();
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public Generation generate(Prompt prompt, Consumer<GenerationEvent> events) {
        var request = new Request(prompt, events);
        requests.add(request);
        return request;
    }

    @Override
    public void warm() {
        warmed++;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
