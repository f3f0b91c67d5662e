package dev.parley.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.Clips.Clip;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.AssistantText;
import dev.parley.voice.ModelEvent.Audio;
import dev.parley.voice.ModelEvent.AudioEnd;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.ModelEvent.Interrupted;
import dev.parley.voice.ModelEvent.Paused;
import dev.parley.voice.ModelEvent.Resumed;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.ToolCall;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.ModelEvent.UserText;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.StreamSettings.ToolSpec;
import dev.parley.voice.audio.Resampler;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("real-time")
class EmbeddedModelIT {

    private static final ToolSpec TIME = new ToolSpec("get_time", "the time", "{}");
    private static final ToolSpec TIMER = new ToolSpec("set_timer", "a timer", "{}");
    private static final String LONG_NOTICE = "This is a long piece of news. It has several sentences in it. They are spoken one by one. "
            + "Whoever hears them all has been very patient indeed. There is even a fifth one.";

    /** Length from which a voice is sustained. A shorter one may be a click or a cough. */
    private static final int SUSTAINED_MS = 130;

    private static EmbeddedModel model;

    @BeforeAll
    static void load() throws InterruptedException {
        model = EmbeddedModel.start(EmbeddedOptions.defaults(Clips.MODELS)
                .withMaxStreams(3)
                .withToolWait(Duration.ofMillis(300)));
        assertThat(model.awaitReadiness(Duration.ofMinutes(2)).state()).isEqualTo(Readiness.State.READY);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void hearsAndAnswersInOrder() {
        try (var call = new Call(model)) {
            Clip clip = Clips.TEN.getLast();
            call.speakAtOnce(Clips.samples(clip.name()));
            call.listenUntil(Call::answered);

            assertThat(WordErrors.between(clip.text(), call.all(UserText.class).getFirst().text()))
                    .isLessThanOrEqualTo(1);
            assertThat(call.spokenText(Stage.FINAL)).isEqualTo(call.spokenText(Stage.SPECULATIVE))
                    .isNotEmpty();
            assertThat(call.all(Audio.class)).allMatch(piece -> piece.pcm().length <= 4_800);
            assertThat(call.all(AudioEnd.class).getLast().stop()).isEqualTo(StopReason.END_TURN);
            assertThat(call.all(Interrupted.class)).isEmpty();
            Usage usage = call.all(Usage.class).getLast();
            assertThat(
                    List.of(usage.inputSpeech(), usage.inputText(), usage.outputSpeech(), usage.outputText()))
                    .allMatch(n -> n > 0);
            List<Class<?>> kinds = call.events().stream().<Class<?>>map(Object::getClass).distinct().toList();
            assertThat(kinds).startsWith(UserText.class, Usage.class, AssistantText.class, Audio.class,
                    AudioEnd.class);
        }
    }

    @Test
    void speaksWordsThatAreHeardAgain() {
        try (var call = new Call(model); var recognizer = SpeechRecognizer.load(Clips.MODELS)) {
            call.send(new ModelCommand.Notice("Your order will arrive on Friday morning."));
            call.awaits(AudioEnd.class, end -> end.stop() == StopReason.END_TURN);

            assertThat(recognizer.transcribe(call.sound(), 24_000)).containsIgnoringCase("arrive on Friday");
        }
    }

    /** Checks the amount of sound: no more of the voice is needed. {@code e2e/latency} prints how soon a quiet machine stops. */
    @Test
    void pausesWithin200MillisecondsOfTheUsersSustainedVoice() {
        try (var call = Call.pausable(model)) {
            call.send(new ModelCommand.Notice(LONG_NOTICE));
            call.awaits(AssistantText.class, text -> text.stage() == Stage.FINAL);
            short[] voice = voiced();
            int enough = (SUSTAINED_MS + 200) * 16;
            call.speakAtOnce(Arrays.copyOf(voice, enough));
            call.awaits(Paused.class);
            call.speakAtOnce(Arrays.copyOfRange(voice, enough, voice.length));
            call.listenUntil(it -> !it.all(UserText.class).isEmpty());
            var told = call.events().stream().takeWhile(event -> !(event instanceof UserText)).toList();
            assertThat(told.stream().dropWhile(event -> !(event instanceof Paused)))
                    .as("sound after it, before the next answer")
                    .noneMatch(Audio.class::isInstance)
                    .anyMatch(Interrupted.class::isInstance);
            String spoken = Call.spokenText(told, Stage.FINAL);
            assertThat(LONG_NOTICE).contains(spoken).doesNotEndWith(spoken);
        }
    }

    @Test
    void playerThatCannotPauseIsInterruptedByWords() {
        try (var call = new Call(model)) {
            call.send(new ModelCommand.Notice(LONG_NOTICE));
            call.awaits(AssistantText.class, text -> text.stage() == Stage.FINAL);
            call.speakAtOnce(voiced());
            call.listenUntil(it -> !it.all(UserText.class).isEmpty());
            assertThat(call.all(Paused.class)).isEmpty();
            assertThat(call.all(Interrupted.class)).hasSize(1);
        }
    }

    @Test
    void answerGoesOnAfterAHum() {
        try (var call = Call.pausable(model)) {
            call.send(new ModelCommand.Notice(LONG_NOTICE));
            call.awaits(AssistantText.class, text -> text.stage() == Stage.FINAL);
            call.speakAtOnce(hum());
            call.listenUntil(Call::answered);
            assertThat(call.all(Paused.class)).hasSameSizeAs(call.all(Resumed.class)).isNotEmpty();
            assertThat(call.all(Interrupted.class)).isEmpty();
            assertThat(call.spokenText(Stage.FINAL)).isEqualTo(LONG_NOTICE);
        }
    }

    @ParameterizedTest
    @CsvSource({"-10, 120", "-25, 250"})
    void ownVoiceFromTheLoudspeakerIsNoTurn(double decibels, int millis) {
        try (var call = Call.pausable(model)) {
            var room = new Room(call, decibels, millis);
            call.send(new ModelCommand.Notice(LONG_NOTICE));
            for (int tick = 0; tick < 1_500 && !call.answered(); tick++) {
                room.tick();
            }
            assertThat(call.all(UserText.class)).isEmpty();
            assertThat(call.all(Interrupted.class)).isEmpty();
            assertThat(call.spokenText(Stage.FINAL)).isEqualTo(LONG_NOTICE);
        }
    }

    @Test
    void commandWithALongPauseIsCarriedOutOnce() {
        try (var user = new Call(model); var call = Call.pausable(model, TIMER)) {
            short[] first = said(user, "Set a timer for");
            short[] rest = said(user, "ten minutes.");
            call.speakAtOnce(first);
            call.speakAtOnce(new short[1_000 * 16]);
            call.speakAtOnce(rest);
            call.listenUntil(it -> !it.all(ToolCall.class).isEmpty());
            assertThat(call.all(UserText.class)).hasSize(1);
            assertThat(call.all(ToolCall.class)).hasSize(1);
            assertThat(call.all(ToolCall.class).getFirst().arguments()).containsAnyOf("600", "ten minutes",
                    "10 minutes");
        }
    }

    @Test
    void answersTypedWordsAndLetsThemInterrupt() {
        try (var call = new Call(model)) {
            call.send(new ModelCommand.Notice(LONG_NOTICE));
            call.awaits(AudioEnd.class);
            call.send(new ModelCommand.Text("hello"));
            call.awaits(Interrupted.class);
            call.awaits(AudioEnd.class, end -> end.stop() == StopReason.END_TURN);

            assertThat(call.all(UserText.class)).as("typed words are not recognised ones").isEmpty();
        }
    }

    @Test
    void asksForAToolAndSpeaksOfItsResult() {
        try (var call = new Call(model, TIME)) {
            call.send(new ModelCommand.Text("what time is it in Tokyo?"));
            ToolCall asked = call.awaits(ToolCall.class);
            call.send(new ModelCommand.ToolResult(asked.toolUseId(), "{\"error\":\"no clock today\"}"));
            call.awaits(AudioEnd.class, end -> end.stop() == StopReason.END_TURN);

            assertThat(asked.arguments()).startsWith("{");
            assertThat(call.spokenText(Stage.SPECULATIVE)).isNotEmpty();
        }
    }

    @Test
    void doesNotWaitForeverForATool() {
        try (var call = new Call(model, TIME)) {
            call.send(new ModelCommand.Text("what time is it?"));
            call.awaits(ToolCall.class);
            call.awaits(AudioEnd.class, end -> end.stop() == StopReason.END_TURN);
            assertThat(call.spokenText(Stage.SPECULATIVE)).isNotEmpty();
        }
    }

    @Test
    void endsTheTurnOfAMicrophoneThatFallsSilentByBeingMuted() {
        try (var call = new Call(model)) {
            call.speak(Clips.samples(Clips.TEN.getFirst().name()));
            assertThat(call.awaits(UserText.class).text()).isNotEmpty();
        }
    }

    @Test
    void refusesMoreStreamsThanItCanCarry() {
        try (var one = new Call(model); var two = new Call(model); var three = new Call(model)) {
            var four = new Call(model);
            Failed refused = four.awaits(Failed.class);
            assertThat(refused.kind()).isEqualTo(Failed.Kind.BUSY);
            assertThat(refused.message()).contains("3 conversations");
            assertThat(List.of(one, two, three)).allMatch(call -> call.events().isEmpty());
        }
        try (var again = new Call(model)) {
            again.send(new ModelCommand.Text("hello"));
            again.awaits(AudioEnd.class);
        }
    }

    @Test
    void hasRoomForAnotherAsSoonAsAConversationSaysThatItHasEnded() throws Exception {
        try (var one = new Call(model); var two = new Call(model)) {
            var next = new CompletableFuture<Call>();
            var third = model.open(
                    new StreamSettings("", Inference.defaults(), Sensitivity.MEDIUM, List.of()), event -> {
                        if (event instanceof ModelEvent.Ended) {
                            next.complete(new Call(model));
                        }
                    });
            third.send(new ModelCommand.Close());
            try (var fourth = next.get(60, TimeUnit.SECONDS)) {
                fourth.send(new ModelCommand.Text("hello"));
                fourth.awaits(AudioEnd.class);
            }
            assertThat(List.of(one, two)).allMatch(call -> call.events().isEmpty());
        }
    }

    @Test
    void endsAtOnceWhenClosedInTheMiddle() {
        var call = new Call(model);
        call.send(new ModelCommand.Notice(LONG_NOTICE));
        call.awaits(AudioEnd.class);
        call.close();
        call.send(new ModelCommand.Text("late"));

        assertThat(call.events().getLast()).isEqualTo(new ModelEvent.Ended());
    }

    /** Returns a hum of 0.5 s: a low voice with closed lips. */
    private static short[] hum() {
        var samples = new short[8_000];
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI
                    * (130 * i / 16_000.0 + 0.3 * Math.sin(2 * Math.PI * 5 * i / 16_000.0));
            double loud = 6_000 * Math.sin(Math.PI * i / samples.length);
            samples[i] = (short) (loud
                    * (Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase)));
        }
        return samples;
    }

    /** Returns a sentence in the assistant's voice, for the microphone of another call. */
    private static short[] said(Call speaker, String text) {
        int before = speaker.sound().length;
        int ends = speaker.all(AudioEnd.class).size();
        speaker.send(new ModelCommand.Notice(text));
        speaker.listenUntil(it -> it.all(AudioEnd.class).size() > ends);
        short[] all = speaker.sound();
        return Resampler.resample(Arrays.copyOfRange(all, before, all.length), 24_000, 16_000);
    }

    /** Returns speech that begins with its first sample. */
    private static short[] voiced() {
        short[] samples = Clips.samples("vm-nobox");
        int start = 0;
        while (Math.abs(samples[start]) < 1_000) {
            start++;
        }
        return Arrays.copyOfRange(samples, start, start + 24_000);
    }
}
