package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.contract.BrowserCodec;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.EncodedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Checks that any inputs in any order keep the rules of {@link Conversation}. The seed is in the test's name. */
final class RandomConversationsTest {

    private static final List<StopReason> STOPS = List.of(StopReason.values());
    private static final List<String> EVENTS = List.of("initializeConnection", "promptStart", "systemPrompt",
            "conversationResumption", "audioStart", "stopAudio", "startNewChat", "voiceConfig", "textInput",
            "other");
    private static final List<String> PAYLOADS = List.of("null", "{}", "7", "\"text\"",
            "{\"content\":\"hello\"}", "{\"voiceId\":\"leo\"}", "{\"audioFormat\":\"binary\"}",
            "{\"enabledTools\":[\"time\"]}");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepItsPromises(long seed) {
        var random = new SplittableRandom(seed);
        var watch = new Watch();
        for (var i = 0; i < 400; i++) {
            watch.feed(anything(random, watch));
        }
        watch.feed(new Input.Disconnected("done"));
        assertThat(watch.open).as("streams neither closed nor ended").isEmpty();
        assertThat(watch.ended).isTrue();
        for (var i = 0; i < 20; i++) {
            watch.feed(anything(random, watch));
        }
    }

    private static Input anything(SplittableRandom random, Watch watch) {
        watch.now = watch.now.plusMillis(random.nextInt(50));
        var stream = Math.max(1, watch.lastStream - (random.nextInt(8) == 0 ? 1 : 0));
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> new Input.FromBrowser(new BrowserCommand.Audio(new byte[2 * random.nextInt(600)]),
                    random.nextInt(10) == 0);
            case 3, 4 -> new Input.FromBrowser(browser(random), random.nextBoolean());
            case 5, 6, 7, 8, 9 -> new Input.FromModel(stream, model(random, watch.now));
            case 10 ->
                new Input.ToolFinished(new Effect.RunTool(stream, "c" + random.nextInt(20), "time", "{}"),
                        random.nextBoolean() ? "{\"ok\":true}" : "no json");
            default -> {
                if (random.nextInt(3) == 0) {
                    watch.now = watch.now.plus(Duration.ofSeconds(random.nextInt(400)));
                }
                yield random.nextInt(40) == 0 ? new Input.Notice("due") : new Input.Tick();
            }
        };
    }

    private static BrowserCommand browser(SplittableRandom random) {
        return Script.decode(EVENTS.get(random.nextInt(EVENTS.size())),
                PAYLOADS.get(random.nextInt(PAYLOADS.size())));
    }

    private static ModelEvent model(SplittableRandom random, Instant now) {
        // Some blocks are old and some are new, as time goes on.
        var block = "b" + (Duration.between(Script.START, now).toMillis() / 300 + random.nextInt(5));
        var stop = STOPS.get(random.nextInt(STOPS.size()));
        return switch (random.nextInt(20)) {
            case 0, 1 -> new ModelEvent.UserText(block, "user");
            case 2, 3 -> new ModelEvent.AssistantText(block, Stage.SPECULATIVE, "said", stop);
            case 4 -> new ModelEvent.AssistantText(block, Stage.FINAL, "said", stop);
            case 5, 6 -> new ModelEvent.AudioEnd(block, stop);
            case 7, 8 -> new ModelEvent.ToolCall("c" + random.nextInt(20), "time", "{}");
            case 9, 10 -> new ModelEvent.Interrupted();
            case 11 -> new ModelEvent.Usage(1, 2, 3, 4);
            case 12 -> random.nextInt(6) == 0 ? new ModelEvent.Ended() : new ModelEvent.Interrupted();
            case 13 ->
                random.nextInt(6) == 0 ? new ModelEvent.Failed(ModelEvent.Failed.Kind.RECOVERABLE, "broken")
                        : new ModelEvent.UserText(block, "user");
            default -> new ModelEvent.Audio(block, Script.pcm(random.nextInt(100)));
        };
    }

    /** Feeds a conversation and checks each effect against the earlier ones. */
    private static final class Watch {

        private final Conversation conversation = new Conversation("s", Script.OPTIONS);
        private final Set<Integer> open = new HashSet<>();
        private final Map<String, Integer> openTools = new HashMap<>();
        private final Set<String> openBlocks = new HashSet<>();
        private final Set<String> heardBlocks = new HashSet<>();
        private final Set<String> staleBlocks = new HashSet<>();
        private Instant now = Script.START;
        private int lastStream;
        private boolean ended;

        private void feed(Input input) {
            if (input instanceof Input.FromModel(var stream, var event) && !ended && open.contains(stream)
                    && (event instanceof ModelEvent.Ended || event instanceof ModelEvent.Failed)) {
                open.remove(stream);
            }
            var effects = conversation.on(input, now);
            if (ended) {
                assertThat(effects).as("after the end").isEmpty();
                return;
            }
            effects.forEach(this::check);
            assertThat(effects.stream().filter(Effect.Acknowledge.class::isInstance).count())
                    .isEqualTo(input instanceof Input.FromBrowser(var _command, var asks) && asks ? 1 : 0);
            assertThat(open).as("open streams").hasSize(conversation.phase().live() ? 1 : 0);
            assertThat(conversation.history().size()).isLessThanOrEqualTo(40);
        }

        private void check(Effect effect) {
            assertThat(ended).as("an effect after Ended").isFalse();
            switch (effect) {
                case Effect.OpenModel(var stream, var _settings) -> {
                    assertThat(open).as("already open").isEmpty();
                    assertThat(stream).isEqualTo(++lastStream);
                    open.add(stream);
                    openTools.clear();
                    openBlocks.clear();
                    heardBlocks.clear();
                    staleBlocks.clear();
                }
                case Effect.ToModel(var stream, ModelCommand.Close _close) ->
                    assertThat(open.remove(stream)).isTrue();
                case Effect.ToModel(var stream, ModelCommand.ToolResult(var id, var json)) -> {
                    assertThat(open).contains(stream);
                    assertThat(openTools.remove(id) != null || json.contains("Too many")).isTrue();
                }
                case Effect.ToModel(var stream, var _command) -> assertThat(open).contains(stream);
                case Effect.RunTool(var stream, var id, var _name, var _arguments) -> {
                    assertThat(open).contains(stream);
                    assertThat(openTools.put(id, stream)).as("the same call twice").isNull();
                    assertThat(openTools.size()).isLessThanOrEqualTo(8);
                }
                case Effect.ToBrowser(var event) -> checkSent(BrowserCodec.encode(event));
                case Effect.Wake(var at) -> assertThat(at).isAfter(now);
                case Effect.Ended _ended -> ended = true;
                case Effect.Acknowledge _acknowledge -> {}
                case Effect.Tell _event -> {}
            }
        }

        private void checkSent(EncodedEvent sent) {
            var payload = JsonMapper.shared().readTree(sent.json()).path(1);
            var block = payload.path("contentId").asString("");
            var isAudio = payload.path("type").asString("").equals("AUDIO");
            if (sent.name().equals("audioOutput")) {
                assertThat(openBlocks).as("speech outside of its block").contains(block);
                assertThat(staleBlocks).as("stale speech").doesNotContain(block);
            } else if (sent.name().equals("contentStart") && isAudio) {
                assertThat(openBlocks.add(block)).isTrue();
                heardBlocks.add(block);
            } else if (sent.name().equals("contentEnd") && isAudio) {
                assertThat(openBlocks.remove(block)).isTrue();
            } else if (sent.name().equals("bargeIn")) {
                assertThat(openBlocks).as("blocks left open by an interruption").isEmpty();
                staleBlocks.addAll(heardBlocks);
                heardBlocks.clear();
            }
        }
    }
}
