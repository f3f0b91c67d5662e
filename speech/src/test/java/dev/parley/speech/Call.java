package dev.parley.speech;

import static org.awaitility.Awaitility.await;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.AssistantText;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelStream;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.StreamSettings.ToolSpec;
import dev.parley.voice.audio.Pcm;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Plays the caller of one conversation with a model. Speaks clips at the pace of a microphone and records each event with its time. */
final class Call implements AutoCloseable {

    private static final int CHUNK = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /** An event and its time, in {@link System#nanoTime}. */
    record Timed(ModelEvent event, long nanos) {}

    private final List<Timed> events = new ArrayList<>();
    private final ModelStream stream;

    Call(EmbeddedModel model, ToolSpec... tools) {
        this(model, new StreamSettings("", Inference.defaults(), Sensitivity.MEDIUM, List.of(tools)));
    }

    private Call(EmbeddedModel model, StreamSettings settings) {
        stream = model.open(settings, this::take);
    }

    /** Opens a conversation whose player pauses. */
    static Call pausable(EmbeddedModel model, ToolSpec... tools) {
        return new Call(model, new StreamSettings("", Inference.defaults(), Sensitivity.MEDIUM,
                List.of(tools), true, false));
    }

    /** Opens a conversation with a front end that sends later what the network delays. */
    static Call replaying(EmbeddedModel model) {
        return new Call(model,
                new StreamSettings("", Inference.defaults(), Sensitivity.MEDIUM, List.of(), false, true));
    }

    private synchronized void take(ModelEvent event) {
        events.add(new Timed(event, System.nanoTime()));
    }

    synchronized List<Timed> timed() {
        return List.copyOf(events);
    }

    List<ModelEvent> events() {
        return timed().stream().map(Timed::event).toList();
    }

    <E extends ModelEvent> List<E> all(Class<E> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    void send(ModelCommand command) {
        stream.send(command);
    }

    /** Speaks at the pace of a microphone. Returns when the last sample was spoken, in {@link System#nanoTime}. */
    long speak(short[] samples) {
        long start = System.nanoTime();
        for (int at = 0; at < samples.length; at += CHUNK) {
            int length = Math.min(CHUNK, samples.length - at);
            pause(start + (at + length) * 1_000_000_000L / 16_000 - System.nanoTime());
            send(new ModelCommand.Audio(Pcm.bytes(samples, at, length)));
        }
        return System.nanoTime();
    }

    /** Speaks all at once, like a browser whose network was delayed. The speed of this machine does not matter. */
    void speakAtOnce(short[] samples) {
        for (int at = 0; at < samples.length; at += CHUNK) {
            send(new ModelCommand.Audio(Pcm.bytes(samples, at, Math.min(CHUNK, samples.length - at))));
        }
    }

    /** Sends silence, like a microphone, until a condition holds. */
    void listenUntil(Predicate<Call> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(this)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain; came: " + events());
            }
            speak(new short[CHUNK]);
        }
    }

    <E extends ModelEvent> E awaits(Class<E> kind) {
        return awaits(kind, event -> true);
    }

    <E extends ModelEvent> E awaits(Class<E> kind, Predicate<E> wanted) {
        return await().atMost(PATIENCE)
                .until(() -> all(kind).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Returns whether the answer has been spoken to its end. */
    boolean answered() {
        return all(AssistantText.class).stream()
                .anyMatch(
                        text -> text.stage() == Stage.FINAL && text.stop() == ModelEvent.StopReason.END_TURN);
    }

    String spokenText(Stage stage) {
        return spokenText(events(), stage);
    }

    static String spokenText(List<ModelEvent> told, Stage stage) {
        return told.stream()
                .filter(AssistantText.class::isInstance)
                .map(AssistantText.class::cast)
                .filter(text -> text.stage() == stage)
                .map(AssistantText::text)
                .collect(Collectors.joining(" "));
    }

    short[] sound() {
        var bytes = new ByteArrayOutputStream();
        all(ModelEvent.Audio.class).forEach(piece -> bytes.writeBytes(piece.pcm()));
        return Pcm.samples(bytes.toByteArray());
    }

    Optional<Long> first(Class<? extends ModelEvent> kind, long after) {
        return timed().stream()
                .filter(timed -> kind.isInstance(timed.event()) && timed.nanos() >= after)
                .map(Timed::nanos)
                .findFirst();
    }

    private static void pause(long nanos) {
        try {
            if (nanos > 0 && new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        send(new ModelCommand.Close());
        await().atMost(PATIENCE)
                .until(() -> events().stream()
                        .anyMatch(event -> event instanceof ModelEvent.Ended
                                || event instanceof ModelEvent.Failed));
    }
}
