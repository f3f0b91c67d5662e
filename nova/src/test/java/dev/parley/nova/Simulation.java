package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.nova.event.InputOrder;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
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
import java.util.Set;
import java.util.SplittableRandom;

/** A conversation with an {@link ImaginaryService} in steps of 32 ms: a user who asks a question every twelve seconds. */
final class Simulation {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration STEP = Duration.ofMillis(32);
    private static final Duration EVERY = Duration.ofSeconds(12);
    private static final Duration CONNECTING = Duration.ofMillis(90);

    final List<ModelEvent> told = new ArrayList<>();
    final int questions;
    Instant now = START;
    int streams;
    int toolResults;
    private final StreamChain chain;
    private final Duration pause;
    private final Duration toolTime;
    private final Set<Integer> withTool;
    private final Map<Integer, ImaginaryService> open = new HashMap<>();
    private final Map<Integer, InputOrder> orders = new HashMap<>();
    private final Map<Integer, Instant> connecting = new HashMap<>();
    private final Map<Instant, ChainInput> later = new HashMap<>();
    private int latest;

    Simulation(int questions, Duration pause, Duration toolTime, Set<Integer> withTool,
            ChainOptions options) {
        this.questions = questions;
        this.pause = pause;
        this.toolTime = toolTime;
        this.withTool = withTool;
        chain = new StreamChain("conversation",
                new StreamSettings("tiffany", Inference.defaults(), Sensitivity.MEDIUM, List.of()),
                ModelFeatures.of("amazon.nova-2-sonic-v1:0"), options, new SplittableRandom(7));
        feed(new ChainInput.Command(new ModelCommand.SystemPrompt("Be brief.")));
    }

    /** When the user begins to ask it. */
    static Instant asked(int question) {
        return START.plus(EVERY.multipliedBy(question).minusSeconds(10));
    }

    static Instant spoken(int question) {
        return asked(question).plus(STEP.multipliedBy(ImaginaryService.QUESTION));
    }

    Instant end() {
        return asked(questions).plusSeconds(30);
    }

    /** Lets one step pass. */
    void step() {
        now = now.plus(STEP);
        feed(new ChainInput.Command(new ModelCommand.Audio(ImaginaryService.pcm(inAir()))));
        List.copyOf(connecting.keySet())
                .stream()
                .filter(one -> isAfter(connecting.getOrDefault(one, now)))
                .forEach(one -> {
                    connecting.remove(one);
                    if (!open.getOrDefault(one, new ImaginaryService(0, pause, withTool)).silent) {
                        feed(new ChainInput.Connected(one, Optional.empty()));
                    }
                });
        for (int stream : List.copyOf(open.keySet())) {
            var service = open.get(stream);
            if (service != null && !connecting.containsKey(stream)) {
                service.sent(now).forEach(event -> feed(new ChainInput.Received(stream, event)));
            }
        }
        List.copyOf(later.keySet())
                .stream()
                .filter(at -> !at.isAfter(now))
                .sorted()
                .forEach(at -> Optional.ofNullable(later.remove(at)).ifPresent(this::feed));
    }

    boolean isAfter(Instant instant) {
        return !now.isBefore(instant);
    }

    private int inAir() {
        for (int question = 1; question <= questions; question++) {
            Duration since = Duration.between(asked(question), now);
            if (!since.isNegative() && since.dividedBy(STEP) < ImaginaryService.QUESTION) {
                return question;
            }
        }
        return 0;
    }

    /** The newest stream ends for this reason. */
    void fail(StreamFailure why) {
        if (open.remove(latest) != null) {
            connecting.remove(latest);
            feed(new ChainInput.Ended(latest, why));
        }
    }

    /** The newest stream sends nothing any more. */
    void stall() {
        var stream = open.get(latest);
        if (stream != null) {
            stream.silent = true;
        }
    }

    private void feed(ChainInput input) {
        toolResults += input instanceof ChainInput.Command(ModelCommand.ToolResult _result) ? 1 : 0;
        for (ChainEffect effect : chain.on(input, now)) {
            switch (effect) {
                case ChainEffect.Open(int stream) -> {
                    latest = stream;
                    streams++;
                    open.put(stream, new ImaginaryService(stream, pause, withTool));
                    connecting.put(stream, now.plus(CONNECTING));
                }
                case ChainEffect.Send(int stream, var event) -> {
                    InputOrder order = orders.computeIfAbsent(stream, _unopened -> new InputOrder());
                    assertThat(order.on(event)).as("%s on stream %s", event, stream).isEmpty();
                    Optional.ofNullable(open.get(stream)).ifPresent(service -> service.on(event, now));
                }
                case ChainEffect.Finish(int stream) -> end(stream, Duration.ofMillis(200));
                case ChainEffect.Cancel(int stream) -> end(stream, STEP);
                case ChainEffect.Emit(ModelEvent event) -> tell(event);
                case ChainEffect.Wake _wake -> {} // audio comes all the time
            }
        }
    }

    private void end(int stream, Duration in) {
        if (open.remove(stream) != null) {
            later.put(now.plus(in).plusNanos(stream), new ChainInput.Ended(stream, StreamFailure.lost()));
        }
    }

    private void tell(ModelEvent event) {
        told.add(event);
        if (event instanceof ModelEvent.ToolCall call) {
            later.put(now.plus(toolTime).plusNanos(streams),
                    new ChainInput.Command(new ModelCommand.ToolResult(call.toolUseId(),
                            "{\"found\":" + call.arguments().replaceAll("\\D", "") + "}")));
        }
    }

    List<String> userTexts() {
        return told.stream()
                .filter(ModelEvent.UserText.class::isInstance)
                .map(event -> ((ModelEvent.UserText) event).text())
                .toList();
    }

    /** Returns everything the assistant said, in one text. */
    String said() {
        return String.join(" ",
                told.stream()
                        .filter(event -> event instanceof ModelEvent.AssistantText text
                                && text.stage() == Stage.FINAL)
                        .map(event -> ((ModelEvent.AssistantText) event).text())
                        .toList());
    }

    Duration sound() {
        return Duration.ofMillis(told.stream()
                .filter(ModelEvent.Audio.class::isInstance)
                .mapToLong(event -> ((ModelEvent.Audio) event).pcm().length / 48)
                .sum());
    }

    long count(Class<? extends ModelEvent> kind) {
        return told.stream().filter(kind::isInstance).count();
    }

    /** Returns the events that were reported, without audio. */
    List<String> summary() {
        return told.stream()
                .filter(event -> !(event instanceof ModelEvent.Audio))
                .map(Object::toString)
                .toList();
    }
}
