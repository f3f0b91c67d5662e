package dev.parley.calls.state;

import dev.parley.assistant.standard.UserTimers.Timer;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import dev.parley.voice.conversation.ConversationState;
import dev.parley.voice.conversation.ConversationState.Sentence;
import dev.parley.voice.conversation.ConversationState.Settings;
import dev.parley.voice.conversation.ConversationState.SpokenTurn;
import dev.parley.voice.conversation.ConversationState.ToolResult;
import dev.parley.voice.conversation.ConversationState.Turns;
import dev.parley.voice.conversation.Turn.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** States of calls with random values. */
final class RandomStates {

    private static final int[] POINTS = {'a', ' ', '"', '\\', '\n', 0, 'é', '日', 0x1F600, '}'};

    private final RandomGenerator random;

    RandomStates(RandomGenerator random) {
        this.random = random;
    }

    CallState next() {
        return new CallState(conversation(), link(), items(),
                random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
                new Usage(number(), number(), number(), number()), random.nextBoolean() ? text() : "");
    }

    private ConversationState conversation() {
        int turns = random.nextInt(6);
        return new ConversationState(text(), number(), new Settings(config(), text(), text(), text()),
                random.nextBoolean(),
                new Turns(IntStream.range(0, turns).mapToObj(this::turn).toList(), turns + number(),
                        random.nextBoolean(), random.nextBoolean()),
                text(), some(() -> new ToolResult(text(), text(), text())), some(this::text));
    }

    private SpokenTurn turn(int number) {
        return new SpokenTurn(number, random.nextBoolean() ? Role.USER : Role.ASSISTANT, some(this::text),
                some(() -> new Sentence(text(), text())), random.nextBoolean());
    }

    private SessionConfig config() {
        return new SessionConfig(
                maybe(() -> new Inference(number(), random.nextDouble(), random.nextDouble())),
                maybe(() -> Sensitivity.LOW), maybe(() -> some(this::text)), maybe(this::text),
                maybe(() -> AudioFormat.BINARY), maybe(random::nextBoolean), maybe(random::nextBoolean));
    }

    private CallState.Sent link() {
        return new CallState.Sent(random.nextLong(1L << 50),
                some(() -> new CallState.Event(random.nextLong(1L << 50), text(), text())));
    }

    private UserItems items() {
        var lists = new LinkedHashMap<String, List<String>>();
        for (int i = random.nextInt(3); i > 0; i--) {
            lists.put(text() + i, some(this::text));
        }
        return new UserItems(
                some(() -> new Timer(number(), Duration.ofMillis(number()), text(),
                        Instant.ofEpochMilli(random.nextLong(1L << 42)), text())),
                number(), some(this::text), lists);
    }

    private <T> List<T> some(Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(4)).toList();
    }

    private <T> @Nullable T maybe(Supplier<T> one) {
        return random.nextBoolean() ? one.get() : null;
    }

    private int number() {
        return random.nextInt(1 << random.nextInt(31));
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(POINTS[random.nextInt(POINTS.length)]);
        }
        return text.toString();
    }
}
