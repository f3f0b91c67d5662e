package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.SpeechModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a call, from its browser's first command to its end. */
class CallTest {

    @TempDir
    Path folder;

    private TestCalls world;

    @BeforeEach
    void open() {
        world = new TestCalls(TestOptions.in(folder));
    }

    @AfterEach
    void nothingIsLeftBehind() {
        world.close();
        assertThat(world.runtime().pendingAlarms()).isZero();
    }

    @Test
    void carriesAConversation() {
        var browser = world.talking();
        FakeModel.Stream stream = world.model.streams.getFirst();

        browser.sendAudio();
        stream.say(new ModelEvent.UserText("u1", "hello"));
        stream.sayTheBeginning("Hello yourself.");

        assertThat(stream.audioBytes()).isEqualTo(1024);
        assertThat(browser.heard("audioOutput")).isTrue();
        assertThat(browser.received).anyMatch(json -> json.contains("\"hello\""))
                .anyMatch(json -> json.contains("Hello yourself."));
        assertThat(browser.acknowledged).containsExactly("[{\"success\":true}]");
    }

    @Test
    void twoBrowsersHaveSeparateConversations() {
        var one = world.talking();
        var other = world.talking();

        world.model.streams.get(0).say(new ModelEvent.UserText("u", "from the first"));
        world.model.streams.get(1).say(new ModelEvent.UserText("u", "from the second"));

        assertThat(one.received.toString()).contains("from the first").doesNotContain("from the second");
        assertThat(other.received.toString()).contains("from the second").doesNotContain("from the first");
        one.leave();
        assertThat(world.calls().openStreams()).isEqualTo(1);
        world.model.streams.get(1).say(new ModelEvent.UserText("u", "still here"));
        assertThat(other.received.toString()).contains("still here");
    }

    @Test
    void browserThatDisconnectsMidSentenceFreesEverything() {
        var browser = world.talking();
        FakeModel.Stream stream = world.model.streams.getFirst();
        stream.say(new ModelEvent.ToolCall("t1", "set_timer", "{\"seconds\":3600}"));
        world.runtime().runTools();
        stream.say(new ModelEvent.ToolCall("t2", "get_time", "{}"));
        stream.sayTheBeginning("It is a long");
        assertThat(browser.heard("audioOutput")).isTrue();
        assertThat(world.runtime().pendingAlarms()).isGreaterThanOrEqualTo(3);

        browser.leave();

        assertThat(world.calls().openCalls()).isZero();
        assertThat(world.calls().openStreams()).isZero();
        assertThat(world.runtime().pendingAlarms()).isZero();
        assertThat(stream.commands).last().isEqualTo(new ModelCommand.Close());
        assertThat(world.runtime().tools).singleElement()
                .matches(TestRuntime.ToolThread::wasInterrupted, "interrupted");
        int before = browser.received.size();
        stream.sayTheBeginning("way to");
        assertThat(browser.received).hasSize(before);
    }

    @Test
    void typedTextToModelWithoutTextIsRefused() {
        world.model.takesText = false;
        world.restart(TestOptions.in(folder));
        var browser = world.talking();

        browser.send("textInput", "[\"textInput\",{\"content\":\"Hello\"}]");

        assertThat(browser.heard("error")).isTrue();
        assertThat(browser.received.toString())
                .contains("The speech model does not read what is typed; say it instead.");
        assertThat(world.model.streams.getFirst().commands).noneMatch(ModelCommand.Text.class::isInstance);
    }

    @Test
    void callSurvivesModelThatCannotBeOpened() {
        world.model.broken = true;
        var browser = world.asking();
        assertThat(browser.received.toString()).contains("could not be started");
        world.model.broken = false;

        TestCalls.start(browser, "{}");

        assertThat(world.model.streams).hasSize(1);
        assertThat(world.calls().openStreams()).isEqualTo(1);
    }

    @Test
    void commandsWaitUntilTheModelIsLoaded() {
        var loading = new CompletableFuture<SpeechModel>();
        try (Calls early = world.calls(loading, TestOptions.in(folder))) {
            var browser = new FakeBrowser(early);
            TestCalls.start(browser, "{}");
            browser.sendAudio();
            assertThat(browser.received).isEmpty();
            assertThat(world.model.streams).isEmpty();

            loading.complete(world.model);

            assertThat(world.model.streams).singleElement()
                    .satisfies(stream -> assertThat(stream.audioBytes()).isEqualTo(1024));
        }
    }

    @Test
    void fullMailboxDropsAudioThenDisconnects() {
        var options = TestOptions.in(folder).audioAhead(Duration.ZERO);
        try (Calls early = world.calls(new CompletableFuture<>(), options)) {
            var browser = new FakeBrowser(early);
            for (int i = 0; i < Call.ROOM + 1; i++) {
                browser.sendAudio();
            }
            assertThat(browser.disconnected).isFalse();
            for (int i = 0; i < Call.ROOM - Call.AUDIO_ROOM; i++) {
                browser.send("promptStart");
            }
            assertThat(browser.disconnected).isFalse();

            browser.send("promptStart");

            assertThat(browser.disconnected).isTrue();
        }
    }

    @Test
    void callSurvivesBadInput() {
        var browser = world.browser();
        List<Runnable> mistakes = List.of(browser::sendAudio,
                () -> browser.send("textInput", "[\"textInput\",{\"content\":\"hi\"}]"),
                () -> browser.send("audioInput", "[\"audioInput\",\"*** not base64 ***\"]"),
                () -> browser.send("audioInput", "[\"audioInput\",\"" + "A".repeat(10_000_000) + "\"]"),
                () -> browser.send("systemPrompt", "[\"systemPrompt\",42]"),
                () -> browser.send("textInput", "[\"textInput\"]"));
        for (Runnable mistake : mistakes) {
            int before = browser.count("error");
            mistake.run();
            assertThat(browser.count("error")).isGreaterThan(before);
        }
        browser.send("nonsense", "[\"nonsense\",{}]");
        browser.send("stopAudio");

        TestCalls.start(browser, "{}");

        assertThat(browser.heard("audioReady")).isTrue();
        assertThat(browser.disconnected).isFalse();
    }

    @Test
    void closingEndsAllCalls() {
        world.talking();
        world.talking();

        world.calls().close();

        assertThat(world.calls().openCalls()).isZero();
        assertThat(world.model.streams).hasSize(2)
                .allSatisfy(stream -> assertThat(stream.told(new ModelCommand.Close())).isTrue());
    }
}
