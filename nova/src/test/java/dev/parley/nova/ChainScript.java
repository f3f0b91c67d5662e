package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputOrder;
import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputEvent.Role;
import dev.parley.voice.Continuation;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Plays both sides of a {@link StreamChain}: the conversation and the service. Time moves in steps of 32 ms while audio flows. Each stream's events
 * go through {@link InputOrder}, so that any wrong order fails the test.
 */
final class ChainScript {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final ChainOptions OPTIONS = ChainOptions.defaults();

    final StreamChain chain;
    Instant now = START;
    final List<Integer> opened = new ArrayList<>();
    final List<Integer> finished = new ArrayList<>();
    final List<Integer> cancelled = new ArrayList<>();
    final List<ModelEvent> told = new ArrayList<>();
    final List<ModelEvent.Moved> moves = new ArrayList<>();
    private final Map<Integer, List<InputEvent>> sent = new HashMap<>();
    private final Map<Integer, InputOrder> orders = new HashMap<>();
    private Optional<Instant> wake = Optional.empty();
    private int blocks;
    private boolean answering;
    private Optional<Integer> unanswered = Optional.empty();
    private int sounds;

    ChainScript() {
        this(OPTIONS, "amazon.nova-2-sonic-v1:0");
    }

    ChainScript(ChainOptions options, String model) {
        this(options, model, false);
    }

    private ChainScript(ChainOptions options, String model, boolean replay) {
        this(options, model, replay, Continuation.none());
    }

    private ChainScript(ChainOptions options, String model, boolean replay, Continuation continues) {
        chain = new StreamChain(
                "conversation", new StreamSettings("tiffany", Inference.defaults(), Sensitivity.MEDIUM,
                        List.of(), false, replay, true, continues),
                ModelFeatures.of(model), options, new SplittableRandom(1));
    }

    /** A conversation that another server held. */
    static ChainScript continuing(String model, Continuation continues) {
        return new ChainScript(OPTIONS, model, false, continues);
    }

    /** A conversation whose front end sends later what the network lost. */
    static ChainScript replaying() {
        return new ChainScript(OPTIONS, "amazon.nova-2-sonic-v1:0", true);
    }

    ChainScript feed(ChainInput input) {
        for (ChainEffect effect : chain.on(input, now)) {
            switch (effect) {
                case ChainEffect.Open(int stream) -> {
                    opened.add(stream);
                    unanswered = Optional.of(stream).filter(_any -> answering);
                }
                case ChainEffect.Send(int stream, InputEvent event) -> {
                    assertThat(finished).as("sent after the end").doesNotContain(stream);
                    assertThat(order(stream).on(event)).as("%s on stream %s", event, stream).isEmpty();
                    sent(stream).add(event);
                }
                case ChainEffect.Finish(int stream) -> {
                    assertThat(order(stream).over()).isTrue();
                    finished.add(stream);
                }
                case ChainEffect.Cancel(int stream) -> cancelled.add(stream);
                case ChainEffect.Emit(ModelEvent.Moved move) -> moves.add(move);
                case ChainEffect.Emit(ModelEvent event) -> told.add(event);
                case ChainEffect.Wake(Instant at) -> wake = Optional.of(at);
            }
        }
        Optional<Integer> answered = unanswered;
        unanswered = Optional.empty();
        answered.ifPresent(this::connect);
        return this;
    }

    /** From now on the service answers each stream at once. */
    ChainScript answering() {
        answering = true;
        return this;
    }

    ChainScript say(ModelCommand command) {
        return feed(new ChainInput.Command(command));
    }

    ChainScript start() {
        return say(new ModelCommand.SystemPrompt("Be brief.")).connect(1);
    }

    ChainScript connect(int stream) {
        return feed(new ChainInput.Connected(stream, Optional.empty()));
    }

    ChainScript over(int stream, StreamFailure why) {
        return feed(new ChainInput.Ended(stream, why));
    }

    /** Lets time pass with the microphone open: silence, or a loud tone. */
    ChainScript sound(Duration time, boolean loud) {
        for (Instant end = now.plus(time); now.isBefore(end);) {
            now = now.plusMillis(32);
            say(new ModelCommand.Audio(pcm(loud && ++sounds % 8 != 0))); // speech has gaps, a tone is noise
        }
        return this;
    }

    ChainScript quiet(Duration time) {
        return sound(time, false);
    }

    ChainScript speak(Duration time) {
        return sound(time, true);
    }

    /** Lets time pass with no sound from the browser, waking when asked. */
    ChainScript idle(Duration time) {
        Instant end = now.plus(time);
        while (wake.isPresent() && !wake.get().isAfter(end)) {
            now = wake.get().isAfter(now) ? wake.get() : now;
            wake = Optional.empty();
            feed(new ChainInput.Tick());
        }
        now = end;
        return this;
    }

    ChainScript service(int stream, OutputEvent... events) {
        for (OutputEvent event : events) {
            feed(new ChainInput.Received(stream, event));
        }
        return this;
    }

    ChainScript hears(int stream, String text) {
        return text(stream, Role.USER, Stage.FINAL, text, StopReason.PARTIAL_TURN);
    }

    /** A whole answer of one sentence with half a second of speech. */
    ChainScript answers(int stream, String text) {
        text(stream, Role.ASSISTANT, Stage.SPECULATIVE, text, StopReason.PARTIAL_TURN);
        speech(stream, Duration.ofMillis(500), StopReason.END_TURN);
        return text(stream, Role.ASSISTANT, Stage.FINAL, text, StopReason.END_TURN);
    }

    ChainScript begins(int stream, String text, Duration speech) {
        text(stream, Role.ASSISTANT, Stage.SPECULATIVE, text, StopReason.PARTIAL_TURN);
        String id = "block-" + ++blocks;
        return service(stream,
                new OutputEvent.ContentStart(id, OutputEvent.Type.AUDIO, Role.ASSISTANT, Optional.empty()),
                new OutputEvent.AudioOutput(id, new byte[(int) speech.toMillis() * 48]));
    }

    ChainScript speech(int stream, Duration length, StopReason stop) {
        String id = "block-" + ++blocks;
        return service(stream,
                new OutputEvent.ContentStart(id, OutputEvent.Type.AUDIO, Role.ASSISTANT, Optional.empty()),
                new OutputEvent.AudioOutput(id, new byte[(int) length.toMillis() * 48]),
                new OutputEvent.ContentEnd(id, OutputEvent.Type.AUDIO, stop));
    }

    ChainScript text(int stream, Role role, Stage stage, String text, StopReason stop) {
        String id = "block-" + ++blocks;
        return service(stream,
                new OutputEvent.ContentStart(id, OutputEvent.Type.TEXT, role, Optional.of(stage)),
                new OutputEvent.TextOutput(id, role, text),
                new OutputEvent.ContentEnd(id, OutputEvent.Type.TEXT, stop));
    }

    List<InputEvent> sent(int stream) {
        return sent.computeIfAbsent(stream, unopened -> new ArrayList<>());
    }

    private InputOrder order(int stream) {
        return orders.computeIfAbsent(stream, unopened -> new InputOrder());
    }

    /** The texts sent to a stream, system prompt first. */
    List<String> texts(int stream) {
        return sent(stream).stream()
                .filter(InputEvent.TextInput.class::isInstance)
                .map(event -> ((InputEvent.TextInput) event).text())
                .toList();
    }

    /** The texts of the blocks that are to be answered. */
    List<String> questions(int stream) {
        var interactive = new ArrayList<String>();
        var texts = new ArrayList<String>();
        for (InputEvent event : sent(stream)) {
            if (event instanceof InputEvent.ContentStart start && start.interactive()) {
                interactive.add(start.content());
            } else if (event instanceof InputEvent.TextInput text && interactive.contains(text.content())) {
                texts.add(text.text());
            }
        }
        return texts;
    }

    long soundMillis(int stream) {
        return sent(stream).stream()
                .filter(InputEvent.AudioInput.class::isInstance)
                .mapToLong(event -> ((InputEvent.AudioInput) event).pcm().length / 32)
                .sum();
    }

    List<String> toldTexts() {
        return told.stream().flatMap(event -> switch (event) {
            case ModelEvent.UserText user -> Optional.of("U " + user.text()).stream();
            case ModelEvent.AssistantText said ->
                Optional.of("A " + said.stage() + " " + said.text()).stream();
            default -> Optional.<String>empty().stream();
        }).toList();
    }

    static byte[] pcm(boolean loud) {
        var pcm = new byte[1_024];
        for (int i = 0; loud && i < pcm.length; i += 2) {
            int sample = (int) (6_000 * Math.sin(i / 8.0));
            pcm[i] = (byte) sample;
            pcm[i + 1] = (byte) (sample >> 8);
        }
        return pcm;
    }
}
