package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.assistant.standard.StandardTools;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.conversation.Persona;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallTest {

    private static final String CHUNK = Base64.getEncoder().encodeToString(new byte[1024]);

    @TempDir
    Path folder;

    private final FakeModel model = new FakeModel();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private Calls calls;

    @BeforeEach
    void start() {
        calls = calls(CompletableFuture.completedFuture(model));
    }

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterEach
    void nothingIsLeftBehind() {
        calls.close();
        assertThat(calls.openCalls()).isZero();
        assertThat(calls.openStreams()).isZero();
        assertThat(calls.waiting()).isZero();
        assertThat(calls.pendingAlarms()).isZero();
    }

    @Test
    void carriesAConversation() {
        var browser = talking();
        FakeModel.Stream stream = model.streams.getFirst();

        browser.send("audioInput", "[\"audioInput\",\"" + CHUNK + "\"]");
        await().until(() -> stream.audioBytes() == 1024);
        stream.say(new ModelEvent.UserText("u1", "hello"));
        stream.sayTheBeginning("Hello yourself.");

        await().until(() -> browser.heard("audioOutput"));
        assertThat(browser.received).anyMatch(json -> json.contains("\"hello\""))
                .anyMatch(json -> json.contains("Hello yourself."));
        assertThat(browser.acknowledged).containsExactly("[{\"success\":true}]");
    }

    @Test
    void twoBrowsersHaveSeparateConversations() {
        var one = talking();
        var other = talking();

        model.streams.get(0).say(new ModelEvent.UserText("u", "from the first"));
        model.streams.get(1).say(new ModelEvent.UserText("u", "from the second"));

        await().until(() -> one.heard("textOutput") && other.heard("textOutput"));
        assertThat(one.received.toString()).contains("from the first").doesNotContain("from the second");
        assertThat(other.received.toString()).contains("from the second").doesNotContain("from the first");
        one.leave();
        await().until(() -> calls.openStreams() == 1);
        model.streams.get(1).say(new ModelEvent.UserText("u", "still here"));
        await().until(() -> other.received.toString().contains("still here"));
    }

    @Test
    void browserThatDisconnectsMidSentenceFreesEverything() {
        var browser = talking();
        FakeModel.Stream stream = model.streams.getFirst();
        stream.say(new ModelEvent.ToolCall("t1", "set_timer", "{\"seconds\":3600}"));
        stream.say(new ModelEvent.ToolCall("t2", "hang", "{}"));
        stream.sayTheBeginning("It is a long");
        await().until(() -> browser.heard("audioOutput") && calls.pendingAlarms() >= 3);

        browser.leave();

        await().until(() -> calls.openCalls() == 0);
        assertThat(calls.openStreams()).isZero();
        assertThat(calls.pendingAlarms()).isZero();
        assertThat(stream.commands).last().isEqualTo(new ModelCommand.Close());
        assertThat(interrupted).satisfies(latch -> assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue());
        int before = browser.received.size();
        stream.sayTheBeginning("way to");
        assertThat(browser.received).hasSize(before);
    }

    @Test
    void throwingOrHangingToolStillHasResult() {
        talking();
        FakeModel.Stream stream = model.streams.getFirst();

        stream.say(new ModelEvent.ToolCall("t1", "calculate", "{\"expression\":\"6*7\"}"));
        stream.say(new ModelEvent.ToolCall("t2", "throw", "{}"));
        stream.say(new ModelEvent.ToolCall("t3", "overflow", "{}"));
        await().untilAsserted(() -> assertThat(results(stream)).hasSize(3));
        assertThat(results(stream).get("t1")).contains("42");
        assertThat(results(stream).get("t2")).contains("error");
        assertThat(results(stream).get("t3")).contains("error");

        restart(TestOptions.in(folder).tool(Duration.ofMillis(100)));
        talking();
        FakeModel.Stream impatient = model.streams.getLast();
        impatient.say(new ModelEvent.ToolCall("t4", "hang", "{}"));
        await().untilAsserted(() -> assertThat(results(impatient)).containsEntry("t4",
                "{\"error\":\"That took too long.\"}"));
    }
    @Test
    void toolResultOfAMegabyteBecomesAnError() {
        talking();
        FakeModel.Stream stream = model.streams.getFirst();

        stream.say(new ModelEvent.ToolCall("t1", "flood", "{}"));

        await().untilAsserted(() -> assertThat(results(stream)).containsEntry("t1",
                "{\"error\":\"The tool's answer is too large.\"}"));
    }

    @Test
    void stoppedConversationInterruptsItsTools() throws InterruptedException {
        var browser = talking();
        model.streams.getFirst().say(new ModelEvent.ToolCall("t1", "hang", "{}"));
        await().until(() -> browser.heard("toolUse") && calls.pendingAlarms() >= 2);

        browser.send("stopAudio");

        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(browser.heard("toolResult")).isFalse();
    }

    @Test
    void conversationOverItsTokenLimitEndsWithMessage() {
        var browser = talking();
        FakeModel.Stream stream = model.streams.getFirst();
        stream.say(new ModelEvent.Usage(100, 100, 100, 99));
        await().until(() -> browser.heard("usageEvent"));
        assertThat(browser.heard("error")).isFalse();

        stream.say(new ModelEvent.Usage(100, 100, 100, 100));

        await().until(() -> browser.heard("sessionClosed"));
        assertThat(browser.received.toString())
                .contains("This conversation has reached its limit. Start again to go on.");
        assertThat(stream.told(new ModelCommand.Close())).isTrue();
        assertThat(calls.openStreams()).isZero();
    }

    @Test
    void tokenLimitOfTheDaySurvivesRestart() {
        for (int i = 0; i < 3; i++) {
            var browser = talking();
            model.streams.getLast().say(new ModelEvent.Usage(390, 0, 0, 0));
            await().until(() -> browser.heard("usageEvent"));
            browser.leave();
            await().until(() -> calls.openCalls() == 0);
        }
        try (Calls restarted = calls(CompletableFuture.completedFuture(model))) {
            var late = new FakeBrowser(restarted);

            start(late);

            await().until(() -> late.heard("error"));
            assertThat(late.received.toString()).contains("Come back tomorrow");
            assertThat(model.streams).hasSize(3);
        }
    }

    /** At prices at which a thousand tokens of each kind cost 1, 10, 100 and 1000. */
    @Test
    void costLimitsEndConversationsAndDays() {
        restart(TestOptions.in(folder)
                .cost(2, 3, used -> (used.inputSpeech() + 10 * used.inputText() + 100 * used.outputSpeech()
                        + 1000 * used.outputText()) / 1000.0));
        var browser = talking();
        model.streams.getLast().say(new ModelEvent.Usage(900, 0, 0, 1));
        await().until(() -> browser.heard("usageEvent"));
        assertThat(browser.heard("error")).isFalse();
        model.streams.getLast().say(new ModelEvent.Usage(900, 10, 0, 1));
        await().until(() -> browser.heard("error"));
        assertThat(browser.received.toString()).contains("This conversation has reached its limit.");
        var last = talking();

        model.streams.getLast().say(new ModelEvent.Usage(0, 0, 10, 0));

        await().until(() -> last.heard("error"));
        assertThat(last.received.toString()).contains("Today's limit of this server is reached.");
    }

    @Test
    void renewingModelKeepsHeadroomInTheQuota() {
        model.renews = true;
        restart(TestOptions.in(folder).limits(10, 5, 3));
        talking();
        talking();
        var third = new FakeBrowser(calls);

        start(third);

        await().until(() -> third.received.contains("[\"queue\",{\"position\":1}]"));
        assertThat(calls.openStreams()).isEqualTo(2);
    }

    @Test
    void typedTextToModelWithoutTextIsRefused() {
        model.takesText = false;
        restart(TestOptions.in(folder));
        var browser = talking();

        browser.send("textInput", "[\"textInput\",{\"content\":\"Hello\"}]");

        await().until(() -> browser.heard("error"));
        assertThat(browser.received.toString())
                .contains("The speech model does not read what is typed; say it instead.");
        assertThat(model.streams.getFirst().commands).noneMatch(ModelCommand.Text.class::isInstance);
    }

    @Test
    void dueTimerNotifiesTheModel() {
        talking();
        FakeModel.Stream stream = model.streams.getFirst();

        stream.say(new ModelEvent.ToolCall("t1", "set_timer", "{\"seconds\":1,\"label\":\"tea\"}"));

        await().until(() -> stream.commands.stream()
                .anyMatch(c -> c instanceof ModelCommand.Notice(String text) && text.contains("tea")));
    }

    @Test
    void queuedBrowserSeesPositionAndTalksLater() {
        var first = talking();
        var second = talking();
        var third = new FakeBrowser(calls);
        start(third);
        await().until(() -> third.heard("queue"));
        var fourth = new FakeBrowser(calls);
        start(fourth);
        await().until(() -> fourth.heard("queue"));
        assertThat(third.received).contains("[\"queue\",{\"position\":1}]");
        assertThat(fourth.received).contains("[\"queue\",{\"position\":2}]");
        await().untilAsserted(() -> assertThat(calls.conversations()).extracting(CallView::state)
                .containsExactlyInAnyOrder("listening", "listening", "in line", "in line"));
        third.send("textInput", "[\"textInput\",{\"content\":\"typed while waiting\"}]");
        third.send("audioInput", "[\"audioInput\",\"" + CHUNK + "\"]");
        assertThat(model.streams).hasSize(2);
        assertThat(third.heard("error")).isFalse();

        first.leave();

        await().until(() -> model.streams.size() == 3
                && model.streams.get(2).told(new ModelCommand.Text("typed while waiting")));
        assertThat(model.streams.get(2).commands).first()
                .isEqualTo(new ModelCommand.SystemPrompt("Be brief."));
        assertThat(model.streams.get(2).audioBytes()).isZero();
        await().until(() -> third.received.contains("[\"queue\",{\"position\":0}]")
                && fourth.received.contains("[\"queue\",{\"position\":1}]"));
        second.leave();
        await().until(() -> model.streams.size() == 4);
        await().untilAsserted(() -> assertThat(calls.conversations()).extracting(CallView::state)
                .doesNotContain("in line")
                .hasSize(2));
    }

    @Test
    void leavingTheQueueMovesOthersUp() {
        talking();
        talking();
        var third = new FakeBrowser(calls);
        start(third);
        await().until(() -> third.heard("queue"));
        var fourth = new FakeBrowser(calls);
        start(fourth);
        await().until(() -> fourth.heard("queue"));

        third.send("stopAudio");

        await().until(() -> third.heard("sessionClosed")
                && fourth.received.contains("[\"queue\",{\"position\":1}]"));
        fourth.leave();
        await().until(() -> calls.waiting() == 0);
        assertThat(calls.openStreams()).isEqualTo(2);
        assertThat(model.streams).hasSize(2);
    }

    @Test
    void fullQueueIsAnError() {
        talking();
        talking();
        for (int i = 0; i < 2; i++) {
            var waiting = new FakeBrowser(calls);
            start(waiting);
            await().until(() -> waiting.heard("queue"));
        }
        var last = new FakeBrowser(calls);

        start(last);

        await().until(() -> last.heard("error"));
        assertThat(last.received.toString()).contains("Too many people").contains("BUSY");
    }

    @Test
    void callSurvivesModelThatCannotBeOpened() {
        model.broken = true;
        var browser = new FakeBrowser(calls);
        start(browser);
        await().until(() -> browser.heard("error"));
        assertThat(browser.received.toString()).contains("could not be started");

        model.broken = false;
        start(browser);

        await().until(() -> model.streams.size() == 1);
        assertThat(calls.openStreams()).isEqualTo(1);
    }

    @Test
    void commandsWaitUntilTheModelIsLoaded() {
        var loading = new CompletableFuture<SpeechModel>();
        try (Calls early = calls(loading)) {
            var browser = new FakeBrowser(early);
            start(browser);
            browser.send("audioInput", "[\"audioInput\",\"" + CHUNK + "\"]");
            assertThat(browser.received).isEmpty();

            loading.complete(model);

            await().until(() -> model.streams.size() == 1 && model.streams.getFirst().audioBytes() == 1024);
        }
    }

    @Test
    void fullMailboxDropsAudioThenDisconnects() {
        try (Calls early = calls(new CompletableFuture<>())) {
            var browser = new FakeBrowser(early);
            for (int i = 0; i < Call.ROOM + 1; i++) {
                browser.send("audioInput", "[\"audioInput\",\"" + CHUNK + "\"]");
            }
            assertThat(browser.disconnected).isFalse();
            for (int i = 0; i <= Call.ROOM - Call.AUDIO_ROOM; i++) {
                browser.send("promptStart");
            }
            assertThat(browser.disconnected).isTrue();
        }
    }

    @Test
    void callSurvivesBadInput() {
        var browser = new FakeBrowser(calls);
        var errors = new ArrayList<Integer>();
        List<Runnable> mistakes = List.of(
                () -> browser.send("audioInput", "[\"audioInput\",\"" + CHUNK + "\"]"),
                () -> browser.send("textInput", "[\"textInput\",{\"content\":\"hi\"}]"),
                () -> browser.send("audioInput", "[\"audioInput\",\"*** not base64 ***\"]"),
                () -> browser.send("audioInput", "[\"audioInput\",\"" + "A".repeat(10_000_000) + "\"]"),
                () -> browser.send("systemPrompt", "[\"systemPrompt\",42]"),
                () -> browser.send("textInput", "[\"textInput\"]"));
        for (Runnable mistake : mistakes) {
            mistake.run();
            await().until(() -> count(browser, "error") > errors.size());
            errors.add(count(browser, "error"));
        }
        browser.send("nonsense", "[\"nonsense\",{}]");
        browser.send("stopAudio");

        start(browser);

        await().until(() -> browser.heard("audioReady"));
        assertThat(browser.disconnected).isFalse();
        assertThat(errors).hasSize(mistakes.size());
    }

    @Test
    void closingEndsAllCalls() {
        talking();
        talking();

        calls.close();

        assertThat(calls.openCalls()).isZero();
        assertThat(model.streams)
                .allSatisfy(stream -> assertThat(stream.told(new ModelCommand.Close())).isTrue());
    }

    private void restart(TestOptions more) {
        calls.close();
        calls = calls(CompletableFuture.completedFuture(model), more);
    }

    private Calls calls(CompletableFuture<SpeechModel> model) {
        return calls(model, TestOptions.in(folder).tokens(400, 1_000));
    }

    private Calls calls(CompletableFuture<SpeechModel> model, TestOptions options) {
        var tools = new ArrayList<>(StandardTools.all());
        tools.add(tool("throw", () -> {
            throw new IllegalStateException("thrown for the test");
        }));
        tools.add(tool("overflow", () -> {
            throw new StackOverflowError();
        }));
        tools.add(Tool.of("flood", "For the test.", ToolParameters.none(),
                (arguments, context) -> arguments.put("text", "x".repeat(1_000_000))));
        tools.add(tool("hang", () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
        }));
        return new Calls(model, () -> tools, List.of(Persona.plain("Be brief.")), options.build(),
                InstantSource.system());
    }

    private static Tool tool(String name, Runnable work) {
        return Tool.of(name, "For the test.", ToolParameters.none(), (arguments, context) -> {
            work.run();
            return arguments;
        });
    }

    private FakeBrowser talking() {
        int before = model.streams.size();
        var browser = new FakeBrowser(calls);
        start(browser);
        await().until(() -> model.streams.size() == before + 1 && browser.heard("audioReady"));
        return browser;
    }

    private static void start(FakeBrowser browser) {
        browser.ask("initializeConnection");
        browser.send("promptStart");
        browser.send("systemPrompt");
        browser.send("audioStart");
    }

    private static int count(FakeBrowser browser, String event) {
        return (int) browser.received.stream().filter(json -> json.startsWith("[\"" + event + "\"")).count();
    }

    private static Map<String, String> results(FakeModel.Stream stream) {
        return stream.commands.stream()
                .filter(ModelCommand.ToolResult.class::isInstance)
                .map(ModelCommand.ToolResult.class::cast)
                .collect(java.util.stream.Collectors.toMap(ModelCommand.ToolResult::toolUseId,
                        ModelCommand.ToolResult::json));
    }
}
