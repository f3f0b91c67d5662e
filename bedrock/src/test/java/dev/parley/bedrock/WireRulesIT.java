package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.emulator.Emulator;
import dev.parley.emulator.EmulatorOptions;
import dev.parley.emulator.ScriptedMind;
import dev.parley.nova.StreamFailure;
import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.InputEvent.ContentStart;
import dev.parley.nova.event.InputEvent.Role;
import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputJson;
import dev.parley.voice.ModelEvent.Failed.Kind;
import dev.parley.voice.StreamSettings.Inference;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Tests the emulator's responses, over the wire and through the SDK, to a client that breaks the service's rules. */
@Tag("real-time")
@Execution(ExecutionMode.CONCURRENT)
class WireRulesIT {

    private static final InputEvent SESSION = new InputEvent.SessionStart(Inference.defaults(),
            Optional.empty());
    private static final InputEvent PROMPT = new InputEvent.PromptStart("p", "tiffany", 24_000, List.of());
    private static final InputEvent MICROPHONE = new ContentStart("p", "audio", Role.USER, true,
            new Body.Audio(16_000));

    static Stream<Arguments> broken() {
        List<InputEvent> open = with(List.of(SESSION, PROMPT), text("s", Role.SYSTEM, false, "Be brief."),
                List.of(MICROPHONE));
        return Stream.of(Arguments.of("no session", List.of(PROMPT), "refused what it was sent"),
                Arguments.of("no system prompt",
                        with(List.of(SESSION, PROMPT), text("u", Role.USER, false, "Hello.")),
                        "refused what it was sent"),
                Arguments.of("a second system prompt", with(open, text("t", Role.SYSTEM, false, "Be rude.")),
                        "refused what it was sent"),
                Arguments.of("a text that is too long",
                        with(open, text("t", Role.USER, true, "x".repeat(1_001))),
                        "refused what it was sent"),
                Arguments.of("a tool result that was not requested", with(open, result("{}")),
                        "refused what it was sent"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenRuleEndsTheStreamForGood(String name, List<InputEvent> events, String sentence)
            throws Exception {
        try (var stream = new RawStream(EmulatorOptions.defaults())) {
            stream.send(events);

            StreamFailure failure = stream.over.get(60, TimeUnit.SECONDS);
            assertThat(failure.kind()).isEqualTo(Kind.FATAL);
            assertThat(failure.message()).contains(sentence);
        }
    }

    @Test
    void aToolsAnswerThatIsNoJsonEndsTheStream() throws Exception {
        try (var stream = new RawStream(EmulatorOptions.defaults())) {
            stream.send(with(List.of(SESSION, PROMPT), text("s", Role.SYSTEM, false, "Be brief."),
                    List.of(MICROPHONE), text("t", Role.USER, true, "use time {}")));
            await().atMost(Talk.PATIENCE)
                    .until(() -> stream.told.stream().anyMatch(OutputEvent.ToolUse.class::isInstance));
            String use = stream.told.stream()
                    .filter(OutputEvent.ToolUse.class::isInstance)
                    .map(event -> ((OutputEvent.ToolUse) event).toolUseId())
                    .findFirst()
                    .orElseThrow();
            stream.send(result(use, "noon"));

            assertThat(stream.over.get(60, TimeUnit.SECONDS).message())
                    .contains("could not read a tool's answer");
        }
    }

    @Test
    void soundInABlockThatIsNotInteractiveIsIgnoredWithoutAWord() throws Exception {
        try (var stream = new RawStream(EmulatorOptions.defaults())) {
            stream.send(with(List.of(SESSION, PROMPT), text("s", Role.SYSTEM, false, "Be brief."),
                    List.of(new ContentStart("p", "audio", Role.USER, false, new Body.Audio(16_000)))));
            for (int i = 0; i < 60; i++) {
                stream.send(List.of(new InputEvent.AudioInput("p", "audio",
                        i < 25 ? Talk.tone(440, i * 512) : new byte[1_024])));
            }
            stream.send(text("t", Role.USER, true, "Hello?"));

            await().atMost(Talk.PATIENCE).until(() -> stream.texts().contains("You said: Hello?"));
            assertThat(stream.texts()).noneMatch(text -> text.contains("hertz"));
        }
    }

    @Test
    void aStreamThatIsSentNothingIsEndedAndAnotherHelps() throws Exception {
        try (var stream = new RawStream(EmulatorOptions.defaults().withTimeFactor(55))) {
            stream.send(List.of(SESSION, PROMPT));

            assertThat(stream.over.get(60, TimeUnit.SECONDS).kind()).isEqualTo(Kind.RECOVERABLE);
        }
    }

    @Test
    void aStreamOfNothingButSilenceIsEndedAndAnotherHelps() throws Exception {
        try (var stream = new RawStream(EmulatorOptions.defaults().withTimeFactor(30))) {
            stream.send(with(List.of(SESSION, PROMPT), text("s", Role.SYSTEM, false, "Be brief."),
                    List.of(MICROPHONE)));
            await().pollInterval(Duration.ofMillis(50)).atMost(Talk.PATIENCE).until(() -> {
                stream.send(List.of(new InputEvent.AudioInput("p", "audio", new byte[1_024])));
                return stream.over.isDone();
            });

            assertThat(stream.over.get())
                    .isEqualTo(StreamFailure.of("validationException", "InternalErrorCode=531"));
        }
    }

    @Test
    void oneStreamMoreThanTheQuotaIsThrottled() throws Exception {
        try (var first = new RawStream(EmulatorOptions.defaults().withMaxStreams(1))) {
            first.send(with(List.of(SESSION, PROMPT), text("s", Role.SYSTEM, false, "Be brief.")));
            await().atMost(Talk.PATIENCE).until(() -> first.emulator.openStreams() == 1);
            var over = new CompletableFuture<StreamFailure>();
            BedrockStream second = first.another(over, new ArrayList<>());
            second.send(SESSION);

            assertThat(over.get(60, TimeUnit.SECONDS).kind()).isEqualTo(Kind.BUSY);
            assertThat(first.over).isNotDone();
        }
    }

    @SafeVarargs
    private static List<InputEvent> with(List<InputEvent>... parts) {
        var all = new ArrayList<InputEvent>();
        for (List<InputEvent> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    private static List<InputEvent> text(String block, Role role, boolean interactive, String text) {
        return List.of(new ContentStart("p", block, role, interactive, new Body.Text()),
                new InputEvent.TextInput("p", block, text), new InputEvent.ContentEnd("p", block));
    }

    private static List<InputEvent> result(String json) {
        return result("unknown", json);
    }

    private static List<InputEvent> result(String use, String json) {
        return List.of(new ContentStart("p", "r", Role.TOOL, false, new Body.Tool(use)),
                new InputEvent.ToolResult("p", "r", json), new InputEvent.ContentEnd("p", "r"));
    }

    /** One stream, without any code that keeps the service's rules for it. */
    private static final class RawStream implements AutoCloseable {
        private final Emulator emulator;
        private final NovaSonicModel model;
        private final List<OutputEvent> told = new CopyOnWriteArrayList<>();
        private final CompletableFuture<StreamFailure> over = new CompletableFuture<>();
        private final BedrockStream stream;

        private RawStream(EmulatorOptions options) {
            emulator = Emulator.start(options, ScriptedMind::new);
            model = NovaSonicModel.create(
                    Pair.quick().withEndpoint(Optional.of(URI.create("http://127.0.0.1:" + emulator.port()))),
                    Region.US_EAST_1,
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("parley", "parley")),
                    new TestAlarm());
            stream = another(over, told);
        }

        private BedrockStream another(CompletableFuture<StreamFailure> ended, List<OutputEvent> heard) {
            var opened = new BedrockStream[1];
            var listener = new BedrockStream.Listener() {
                @Override
                public void connected() {}

                @Override
                public void told(byte[] json) {
                    heard.add(OutputJson.read(json));
                    opened[0].handled();
                }

                @Override
                public void over(StreamFailure why) {
                    ended.complete(why);
                }
            };
            opened[0] = new BedrockStream(listener, new EventQueue(Duration.ofMinutes(1)));
            opened[0].open(model.client(), model.options().modelId());
            return opened[0];
        }

        private void send(List<InputEvent> events) {
            events.forEach(stream::send);
        }

        private List<String> texts() {
            return told.stream()
                    .filter(OutputEvent.TextOutput.class::isInstance)
                    .map(event -> ((OutputEvent.TextOutput) event).text())
                    .toList();
        }

        @Override
        public void close() {
            stream.cancel();
            model.close();
            emulator.close();
        }
    }
}
