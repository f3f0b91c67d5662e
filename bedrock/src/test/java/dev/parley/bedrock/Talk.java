package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Runs one conversation at the pace of speech: sends 32 ms of tone or silence at a time. */
final class Talk {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PIECE_NANOS = 32_000_000;

    final List<ModelEvent> events = new CopyOnWriteArrayList<>();
    final ModelStream stream;
    private long due = System.nanoTime();

    Talk(SpeechModel model) {
        stream = model.open(
                new StreamSettings("tiffany", Inference.defaults(), Sensitivity.MEDIUM,
                        List.of(new ToolSpec("time", "Tells the time", "{\"type\":\"object\"}"))),
                events::add);
        stream.send(new ModelCommand.SystemPrompt("Be brief."));
    }

    Talk say(int hertz, Duration time) {
        // A pause is not made up for afterwards.
        due = Math.max(due, System.nanoTime());
        for (long i = 0; i < time.toMillis() / 32; i++) {
            due += PIECE_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
            stream.send(new ModelCommand.Audio(tone(hertz, (int) i * 512)));
        }
        return this;
    }

    Talk silence(Duration time) {
        return say(0, time);
    }

    /** Says a tone and keeps the microphone open until the assistant has replied. */
    Talk sayAndHear(int hertz) {
        say(hertz, Duration.ofMillis(800));
        return until(said(hertz));
    }

    /** Says a tone and keeps the microphone open until the whole reply was spoken, on however many streams. */
    Talk sayAndHearWhole(int hertz) {
        say(hertz, Duration.ofMillis(800));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!spoken().contains("hear " + hertz + " hertz.")) {
            assertThat(System.nanoTime()).as("timed out; events so far: %s", summary()).isLessThan(end);
            silence(Duration.ofMillis(96));
        }
        return silence(Duration.ofMillis(300));
    }

    /** Returns everything the assistant has said, in one text. */
    String spoken() {
        return String.join(" ",
                events.stream()
                        .filter(event -> event instanceof ModelEvent.AssistantText text
                                && text.stage() == Stage.FINAL)
                        .map(event -> ((ModelEvent.AssistantText) event).text())
                        .toList());
    }

    /** Keeps the microphone open until an event matches. */
    Talk until(Predicate<ModelEvent> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (events.stream().noneMatch(wanted)) {
            assertThat(System.nanoTime()).as("timed out; events so far: %s", summary()).isLessThan(end);
            silence(Duration.ofMillis(96));
        }
        return this;
    }

    void close() {
        stream.send(new ModelCommand.Close());
        await().atMost(PATIENCE).until(() -> events.stream().anyMatch(ModelEvent.Ended.class::isInstance));
    }

    static Predicate<ModelEvent> said(int hertz) {
        return event -> event instanceof ModelEvent.AssistantText text && text.stage() == Stage.FINAL
                && text.text().equals("You said: I hear " + hertz + " hertz.");
    }

    long heard(int hertz) {
        return events.stream()
                .filter(event -> event instanceof ModelEvent.UserText text
                        && text.text().equals("I hear " + hertz + " hertz."))
                .count();
    }

    long answered(int hertz) {
        return events.stream().filter(said(hertz)).count();
    }

    List<String> summary() {
        return events.stream()
                .filter(event -> !(event instanceof ModelEvent.Audio))
                .map(Object::toString)
                .toList();
    }

    static byte[] tone(int hertz, int from) {
        var pcm = new byte[1_024];
        for (int i = 0; hertz > 0 && i < 512; i++) {
            int sample = (int) (6_000 * Math.sin((from + i) * 2 * Math.PI * hertz / 16_000));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return pcm;
    }
}
