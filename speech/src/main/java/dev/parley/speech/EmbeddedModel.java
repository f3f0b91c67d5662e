package dev.parley.speech;

import dev.parley.speech.answer.Answers;
import dev.parley.speech.parts.SpeechException;
import dev.parley.speech.synthesis.Voices;
import dev.parley.speech.turn.Pauses;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Failed.Kind;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The speech model that runs in this process, without an account or a network. It loads in the background; {@link #readiness} returns the
 * progress. A stream opened earlier keeps its input in order until the model is loaded, its sound bounded to the last 30 s. Thread-safe.
 */
public final class EmbeddedModel implements SpeechModel {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedModel.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration LOADING = Duration.ofMinutes(1);

    private final EmbeddedOptions options;
    private final Answers.Factory answers;
    private final Voices voices;
    private final Workers workers;
    private final Map<EmbeddedStream, Thread> streams = new ConcurrentHashMap<>();
    private final Thread loader = Thread.ofPlatform().daemon().name("parley-load").unstarted(this::load);
    private final CountDownLatch loading = new CountDownLatch(1);

    private Readiness readiness = Readiness.LOADING;
    private @Nullable Engines engines;
    private boolean closed;
    private int taken;

    private EmbeddedModel(EmbeddedOptions options, Answers.Factory answers) {
        this.options = options;
        this.answers = answers;
        voices = Voices.find(options.voice(), Workers.VOICES);
        workers = Workers.start(options);
    }

    /** Starts loading and returns at once. Reports errors of loading through {@link #readiness} and to the streams. */
    public static EmbeddedModel start(EmbeddedOptions options) {
        return start(options, Answering::new);
    }

    /** As {@link #start(EmbeddedOptions)}, with the ear and the voice of the embedded model and other answers than the embedded assistant's. */
    public static EmbeddedModel start(EmbeddedOptions options, Answers.Factory answers) {
        var model = new EmbeddedModel(options, answers);
        model.loader.start();
        return model;
    }

    /** Returns whether streams can begin. */
    public synchronized Readiness readiness() {
        return readiness;
    }

    /** Waits until the models are loaded, loading fails, or the timeout expires. */
    public Readiness awaitReadiness(Duration wait) throws InterruptedException {
        boolean done = loading.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("loading is {}", done ? "over" : "going on");
        return readiness();
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public List<Voice> voices() {
        return voices.all()
                .stream()
                .map(speaker -> new Voice(speaker.id(), speaker.label(), "en-US"))
                .toList();
    }

    @Override
    public ModelStream open(StreamSettings settings, Consumer<ModelEvent> events) {
        var setting = new EmbeddedStream.Setting(voices.speaker(settings.voiceId()), settings.pausable(),
                settings.replay(), settings.portable(), settings.continues(), settings.tools(),
                settings.inference(), pauses(settings), options.toolWait(), options.loadWait(), workers,
                new Ticking(), answers, events);
        var stream = new EmbeddedStream(setting);
        synchronized (this) {
            if (closed) {
                stream.tell(new Message.Broken(Kind.FATAL, "The server is shutting down."));
            } else if (taken >= options.maxStreams()) {
                stream.tell(new Message.Broken(Kind.BUSY,
                        "All " + options.maxStreams() + " conversations are taken; try again in a moment."));
            } else {
                var thread = Thread.ofVirtual().name("parley-stream").unstarted(() -> run(stream));
                streams.put(stream, thread);
                taken++;
                tellReadiness(stream);
                thread.start();
                return stream;
            }
        }
        Thread.ofVirtual().name("parley-refusal").start(() -> stream.run(() -> {}));
        return stream;
    }

    private void run(EmbeddedStream stream) {
        try {
            stream.run(this::giveBack);
        } finally {
            streams.remove(stream);
        }
    }

    private synchronized void giveBack() {
        taken--;
    }

    private Pauses pauses(StreamSettings settings) {
        return switch (settings.sensitivity()) {
            case HIGH -> options.pauses().scaled(0.8);
            case MEDIUM -> options.pauses();
            case LOW -> options.pauses().scaled(2);
        };
    }

    private void tellReadiness(EmbeddedStream stream) {
        if (engines != null) {
            stream.tell(new Message.Loaded(engines));
        } else if (readiness.state() == Readiness.State.FAILED) {
            stream.tell(new Message.Broken(Kind.FATAL, readiness.message()));
        }
    }

    private void load() {
        try {
            long start = System.nanoTime();
            var voice = workers.voices().submit(() -> voices.warmUp(() -> false));
            var loaded = Engines.load(options.models());
            loaded.warmUp();
            voice.get();
            loaded(loaded);
            LOG.info("speech models loaded in {} ms",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (SpeechException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (Exception | LinkageError e) {
            LOG.error("loading failed", e);
            failed("The speech models cannot be loaded: " + e + ".");
        } finally {
            loading.countDown();
        }
    }

    private synchronized void loaded(Engines loaded) {
        if (closed) {
            loaded.close();
            return;
        }
        engines = loaded;
        readiness = Readiness.READY;
        streams.keySet().forEach(this::tellReadiness);
    }

    private synchronized void failed(String message) {
        LOG.error("{}", message);
        readiness = new Readiness(Readiness.State.FAILED, message);
        streams.keySet().forEach(this::tellReadiness);
    }

    @Override
    public void close() {
        Engines free;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            free = engines;
            engines = null;
            streams.keySet().forEach(stream -> stream.tell(new Message.Stop()));
        }
        awaitThreads();
        workers.close();
        voices.close();
        if (free != null && streams.isEmpty() && workers.idle()) {
            free.close(); // never under a run that would not end: a leak is better than a crash
        }
    }

    private void awaitThreads() {
        try {
            for (Thread thread : streams.values()) {
                thread.join(LAST_WORDS);
            }
            loader.join(LOADING); // if the process ends while native code loads, it is torn down under that code
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts at the wall clock and then runs steadily. Setting the system's clock does not move a sentence. */
    private static final class Ticking implements InstantSource {

        private final Instant start = Instant.now();
        private final long zero = System.nanoTime();

        @Override
        public Instant instant() {
            return start.plusNanos(System.nanoTime() - zero);
        }
    }
}
