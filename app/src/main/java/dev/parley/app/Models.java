package dev.parley.app;

import dev.parley.settings.LlmSettings;
import dev.parley.settings.Settings;
import dev.parley.speech.EmbeddedModel;
import dev.parley.speech.EmbeddedOptions;
import dev.parley.speech.Readiness;
import dev.parley.voice.SpeechModel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The speech model, which is loaded while the server already responds. Thread-safe.
 *
 * @param started completed when the model has started: its voices are known, and it accepts conversations, which may have to wait
 * @param ready   completed when the model is loaded, or failed with a {@link StartException}
 * @param why     completed with the choice of the model and its reason, before {@code started}
 */
record Models(CompletableFuture<SpeechModel> started, CompletableFuture<Void> ready,
        CompletableFuture<String> why) {

    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    /** A machine that needs longer would be too slow for a conversation. */
    private static final Duration LOADING = Duration.ofMinutes(5);

    /** Creates an instance without a model. */
    Models() {
        this(new CompletableFuture<>(), new CompletableFuture<>());
    }

    /** Creates an instance without a reason for the choice. */
    Models(CompletableFuture<SpeechModel> started, CompletableFuture<Void> ready) {
        this(started, ready, new CompletableFuture<>());
    }

    /** Returns whether the model has started and costs money. */
    boolean billed() {
        return started.isDone() && !started.isCompletedExceptionally() && started.join().billed();
    }

    /** Starts to choose and load a model, and returns at once. */
    void load(Settings settings) {
        Thread.ofPlatform().daemon().name("model-start").start(() -> run(settings));
    }

    /** Returns the name of the model that replies, for the operator; "" while it is not known. */
    String replies(Settings settings) {
        return settings.model()
                .llm()
                .map(LanguageModels::named)
                .orElseGet(
                        () -> started.isDone() && !started.isCompletedExceptionally() ? started.join().name()
                                : "");
    }

    /** Waits until the model is loaded. Throws the exception that prevented it. */
    void awaitReady() {
        try {
            ready.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof StartException known ? known : failed;
        }
    }

    private void run(Settings settings) {
        try {
            if (settings.model().llm().isPresent()) {
                cascade(settings.model().llm().get(), settings.talk());
                return;
            }
            NovaSonic.Choice choice = NovaSonic.choose(settings);
            why.complete(choice.why());
            LOG.atInfo()
                    .addKeyValue("model", choice.model().isPresent() ? "nova-sonic" : "embedded")
                    .addKeyValue("because", choice.why())
                    .log("speech model chosen");
            if (choice.model().isPresent()) {
                begin(choice.model().get(), settings.talk());
                ready.complete(null);
            } else {
                LanguageModels.mentionOllama();
                embedded(settings.talk());
            }
        } catch (StartException known) {
            fail(known);
        } catch (RuntimeException | LinkageError | InterruptedException broken) {
            fail(new StartException("the speech model cannot be loaded: " + broken));
        }
    }

    private void begin(SpeechModel model, Settings.Talk settings) {
        settings.voice().ifPresent(voice -> require(voice, model));
        if (!started.complete(Languages.of(settings.languages(), model))) {
            model.close();
        }
    }

    private void cascade(LlmSettings llm, Settings.Talk settings) throws InterruptedException {
        why.complete("the setting llm");
        LOG.atInfo()
                .addKeyValue("model", LanguageModels.named(llm))
                .addKeyValue("because", "the setting llm")
                .log("speech model chosen");
        var model = LanguageModels.start(llm, options(settings));
        begin(model, settings);
        loaded(model.awaitReadiness(LOADING));
    }

    private void embedded(Settings.Talk settings) throws InterruptedException {
        var model = EmbeddedModel.start(options(settings));
        begin(model, settings);
        loaded(model.awaitReadiness(LOADING));
    }

    private static EmbeddedOptions options(Settings.Talk settings) {
        // The package call limits conversations; up to twice as many streams may be open while old ones end.
        return EmbeddedOptions.defaults(settings.models())
                .withVoice(settings.voice().orElse(""))
                .withMaxStreams(2 * settings.maxConversations())
                .withToolWait(settings.toolTimeout().plusSeconds(2));
    }

    private void loaded(Readiness readiness) {
        switch (readiness.state()) {
            case READY -> ready.complete(null);
            case LOADING -> fail(new StartException("the speech model was not loaded in time"));
            case FAILED -> fail(new StartException(readiness.message()));
        }
    }

    private void fail(StartException reason) {
        started.completeExceptionally(reason);
        ready.completeExceptionally(reason);
    }

    private static void require(String voice, SpeechModel model) {
        if (model.voices().stream().noneMatch(one -> one.id().equals(voice))) {
            throw new StartException("voice: \"" + voice + "\" is not a voice of the model; it has "
                    + model.voices().stream().map(SpeechModel.Voice::id).collect(Collectors.joining(", ")));
        }
    }
}
