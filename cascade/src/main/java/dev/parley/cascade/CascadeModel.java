package dev.parley.cascade;

import dev.parley.speech.EmbeddedModel;
import dev.parley.speech.EmbeddedOptions;
import dev.parley.speech.Readiness;
import dev.parley.speech.answer.Answers;
import dev.parley.speech.answer.AnswersContext;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.language.LanguageModel;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A speech model made of the embedded recogniser, a language model and an embedded voice. The recogniser and the voice load in the background,
 * as with {@link EmbeddedModel}. Thread-safe.
 */
public final class CascadeModel implements SpeechModel {

    private final LanguageModel language;
    private final String name;
    private final EmbeddedModel speech;

    private CascadeModel(LanguageModel language, String name, EmbeddedModel speech) {
        this.language = language;
        this.name = name;
        this.speech = speech;
    }

    /**
     * Starts loading and returns at once. Closes the language model with itself.
     *
     * @param name the name for everybody, in {@code /health} and on the page
     */
    public static CascadeModel start(LanguageModel language, CascadeOptions options, String name,
            EmbeddedOptions embedded) {
        return new CascadeModel(language, name,
                EmbeddedModel.start(embedded, new Factory(language, options)));
    }

    /** Waits until recogniser and voice are loaded, loading fails, or the timeout expires. */
    public Readiness awaitReadiness(Duration wait) throws InterruptedException {
        return speech.awaitReadiness(wait);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Voice> voices() {
        return speech.voices();
    }

    @Override
    public ModelStream open(StreamSettings settings, Consumer<ModelEvent> events) {
        language.warm();
        return speech.open(settings, events);
    }

    @Override
    public void close() {
        speech.close();
        language.close();
    }

    private record Factory(LanguageModel model, CascadeOptions options,
            FailureReports reports) implements Answers.Factory {

        Factory(LanguageModel model, CascadeOptions options) {
            this(model, options, new FailureReports(model));
        }

        @Override
        public Answers create(AnswersContext context) {
            return new CascadeAnswers(model, options, reports, context);
        }

        @Override
        public boolean countsTokens() {
            return true;
        }
    }
}
