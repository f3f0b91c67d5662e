package dev.parley.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.app.CallSettings;
import dev.parley.app.config.Settings;
import dev.parley.app.metrics.CallMetrics;
import dev.parley.assistant.standard.StandardTools;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.conversation.Conversation;
import dev.parley.voice.conversation.ConversationOptions;
import dev.parley.voice.conversation.Effect;
import dev.parley.voice.conversation.Input;
import dev.parley.voice.conversation.Persona;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each figure of a conversation, moved by the thing it counts. */
class CallMetricsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Settings settings = Settings.read(Map.of("token-prices", "1,10,100,1000"), Map.of());
    private final CallMetrics metrics = new CallMetrics(meters, settings.monitoring().prices());
    private final FakeModel model = new FakeModel();
    private final Calls calls = new Calls(CompletableFuture.completedFuture(model), StandardTools::all,
            List.of(Persona.plain("Be brief.")), CallSettings.options(settings), InstantSource.system())
            .listen(metrics);
    private final CallMeter meter = new CallMeter(metrics);
    private final Conversation conversation = new Conversation("s",
            ConversationOptions.defaults(model.voices(), List.of()));

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void countsResumedAndAbandonedCalls() {
        var browser = new FakeBrowser(calls);
        browser.initialize("{\"resume\":true}");
        browser.send("audioStart");
        await().atMost(LONG).until(() -> browser.heard("audioReady"));
        browser.leave();
        var back = new FakeBrowser(calls);
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");
        await().atMost(LONG).until(() -> value("parley.conversations.resumed") == 1);
        assertThat(value("parley.conversations.abandoned")).isZero();
        back.leave();
        await().atMost(LONG).until(() -> calls.awayCalls() == 1);

        calls.drain();

        await().atMost(LONG).until(() -> value("parley.conversations.abandoned") == 1);
        assertThat(value("parley.conversations.resumed")).isEqualTo(1);
    }

    @Test
    void countsATurnAndTimesItsAnswer() {
        var browser = new FakeBrowser(calls);
        browser.send("promptStart");
        browser.send("audioStart");
        await().atMost(LONG).until(() -> model.streams.size() == 1);
        assertThat(value("parley.conversations.opened")).isEqualTo(1);
        browser.send("audioInput", "[\"audioInput\",\"" + Base64.getEncoder().encodeToString(loud()) + "\"]");
        FakeModel.Stream stream = model.streams.getFirst();
        await().atMost(LONG).until(() -> stream.audioBytes() == 1024);

        stream.say(new ModelEvent.UserText("u1", "hello"));
        stream.say(new ModelEvent.UserText("u2", "again"));
        stream.sayTheBeginning("Hello yourself.");
        stream.sayTheBeginning("And more.");

        await().atMost(LONG).until(() -> value("parley.answer.time") == 1);
        assertThat(value("parley.turns")).isEqualTo(1);
        assertThat(value("parley.model.first.event.time")).isEqualTo(1);

        stream.say(new ModelEvent.Interrupted());
        await().atMost(LONG).until(() -> value("parley.bargeins") == 1);
        browser.send("textInput", "[\"textInput\",{\"content\":\"typed\"}]");
        await().atMost(LONG).until(() -> value("parley.turns") == 2);
        stream.sayTheBeginning("An answer to what was typed.");
        stream.say(new ModelEvent.Usage(1, 0, 0, 0));
        await().atMost(LONG).until(() -> value("parley.tokens", "direction", "input", "kind", "speech") == 1);
        assertThat(value("parley.answer.time")).isEqualTo(1);
    }

    @Test
    void timesTools() {
        var browser = new FakeBrowser(calls);
        browser.send("promptStart");
        browser.send("audioStart");
        await().atMost(LONG).until(() -> model.streams.size() == 1);

        model.streams.getFirst().say(new ModelEvent.ToolCall("t1", "calculate", "{\"expression\":\"6*7\"}"));
        model.streams.getFirst().say(new ModelEvent.ToolCall("t2", "calculate", "{\"expression\":\"6*\"}"));

        await().atMost(LONG)
                .until(() -> meters.find("parley.tool.time").meters().size() == 2
                        && value("parley.tool.time", "tool", "calculate", "outcome", "ok") == 1
                        && value("parley.tool.time", "tool", "calculate", "outcome", "error") == 1);
    }

    @Test
    void timesAnAnswerFromTheLastLoudSound() {
        open(START);
        feed(audio(loud()), START.plusMillis(1_000));
        feed(audio(new byte[1024]), START.plusMillis(1_300));
        feed(model(1, new ModelEvent.UserText("u", "hello")), START.plusMillis(1_500));
        feed(audio(loud()), START.plusMillis(1_550));
        feed(model(1, new ModelEvent.Audio("a", new byte[2])), START.plusMillis(1_600));

        assertThat(meters.get("parley.answer.time").timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(600);
        assertThat(meters.get("parley.model.first.event.time").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(1_500);
    }

    @Test
    void countsStreamsThatTheModelReplaces() {
        open(START);
        feed(model(1, new ModelEvent.Moved(false)), START);
        feed(model(1, new ModelEvent.Moved(true)), START);
        feed(model(1, new ModelEvent.Moved(true)), START);

        assertThat(value("parley.conversations.renewed")).isEqualTo(1);
        assertThat(value("parley.conversations.restarted")).isEqualTo(2);
        assertThat(value("parley.conversations.opened")).isEqualTo(1);
    }

    @Test
    void countsRenewalsAndRestartsSeparately() {
        open(START);
        feed(model(1, new ModelEvent.Moved(false)), START);
        assertThat(value("parley.conversations.renewed")).isEqualTo(1);

        feed(model(1, new ModelEvent.Failed(ModelEvent.Failed.Kind.RECOVERABLE, "gone")), START);
        assertThat(value("parley.conversations.failed", "kind", "recoverable")).isEqualTo(1);
        open(START);
        assertThat(value("parley.conversations.restarted")).isEqualTo(1);

        feed(model(2, new ModelEvent.Ended()), START);
        open(START);
        assertThat(value("parley.conversations.opened")).isEqualTo(2);
    }

    @Test
    void countsTokensOnceAndWhatTheyCost() {
        open(START);
        feed(model(1, new ModelEvent.Usage(1_000, 0, 0, 0)), START);
        feed(model(1, new ModelEvent.Usage(2_000, 100, 10, 1)), START);
        feed(model(1, new ModelEvent.Ended()), START);
        open(START);
        feed(model(2, new ModelEvent.Usage(500, 0, 0, 0)), START);

        assertThat(value("parley.tokens", "direction", "input", "kind", "speech")).isEqualTo(2_500);
        assertThat(value("parley.tokens", "direction", "input", "kind", "text")).isEqualTo(100);
        assertThat(value("parley.tokens", "direction", "output", "kind", "speech")).isEqualTo(10);
        assertThat(value("parley.tokens", "direction", "output", "kind", "text")).isEqualTo(1);
        assertThat(value("parley.cost.dollars")).isEqualTo(2.5 + 1 + 1 + 1);
    }

    @Test
    void countsSpeechThatIsDropped() {
        var waiting = new Calls(new CompletableFuture<>(), List::of, List.of(Persona.plain("Be brief.")),
                CallSettings.options(settings), InstantSource.system()).listen(metrics);
        var browser = new FakeBrowser(waiting);
        String chunk = Base64.getEncoder().encodeToString(new byte[1024]);
        for (int i = 0; i < Call.AUDIO_ROOM + 3; i++) {
            browser.send("audioInput", "[\"audioInput\",\"" + chunk + "\"]");
        }
        assertThat(value("parley.audio.dropped")).isEqualTo(3);
        waiting.close();
    }

    private static byte[] loud() {
        byte[] pcm = new byte[1024];
        for (int i = 1; i < pcm.length; i += 2) {
            pcm[i] = (byte) (i % 4 == 1 ? 8 : -8);
        }
        return pcm;
    }

    private static Input audio(byte[] pcm) {
        return new Input.FromBrowser(new BrowserCommand.Audio(pcm));
    }

    private static Input model(int stream, ModelEvent event) {
        return new Input.FromModel(stream, event);
    }

    private void open(Instant now) {
        feed(new Input.FromBrowser(new BrowserCommand.AudioStart()), now);
    }

    /** As a call does. */
    private void feed(Input input, Instant now) {
        if (input instanceof Input.FromBrowser(BrowserCommand.Audio(var pcm), var _wantsAck)) {
            meter.heard(pcm, now);
        }
        for (Effect effect : conversation.on(input, now)) {
            if (effect instanceof Effect.Tell(var event)) {
                meter.on(event, now);
            }
        }
    }

    private double value(String name, String... tags) {
        Meter meter = meters.get(name).tags(tags).meter();
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(measure -> measure.getStatistic() == Statistic.COUNT)
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
