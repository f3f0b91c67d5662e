package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.standard.StandardTools;
import dev.parley.assistant.tool.Tool;
import dev.parley.testing.FakeModel;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.conversation.Persona;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls with a fake model, in the time and on the thread of the test: whatever the test causes has happened when its call returns. */
final class TestCalls {

    final FakeModel model = new FakeModel();
    final RecordingListener listener = new RecordingListener();
    private final TestRuntime runtime = new TestRuntime();
    private List<Tool> tools = StandardTools.all();
    private Calls calls;

    TestCalls(TestOptions options) {
        this.calls = calls(CompletableFuture.completedFuture(model), options);
    }

    TestCalls with(List<Tool> others) {
        tools = others;
        return this;
    }

    /** Closes the calls, and opens others with these options. */
    void restart(TestOptions options) {
        close();
        calls = calls(CompletableFuture.completedFuture(model), options);
    }

    /** Opens others, which the test closes. */
    Calls calls(CompletableFuture<SpeechModel> loading, TestOptions options) {
        return new Calls(loading, () -> tools, List.of(Persona.plain("Be brief.")), options.build(),
                runtime.runtime()).listen(listener);
    }

    Calls calls() {
        return calls;
    }

    TestRuntime runtime() {
        return runtime;
    }

    void advance(Duration by) {
        runtime.advance(by);
    }

    /** Closes the calls, after which nothing must be left of them. */
    void close() {
        calls.close();
        assertThat(calls.openCalls()).isZero();
        assertThat(calls.awayCalls()).isZero();
        assertThat(calls.openStreams()).isZero();
        assertThat(calls.waiting()).isZero();
    }

    FakeBrowser browser() {
        return new FakeBrowser(calls);
    }

    /** A browser that has asked to talk, with this argument of initializeConnection. */
    FakeBrowser asking(String config) {
        var browser = browser();
        start(browser, config);
        return browser;
    }

    /** A browser that has asked to talk. */
    FakeBrowser asking() {
        return asking("{}");
    }

    /** A browser with an open stream. */
    FakeBrowser talking(String config) {
        int before = model.streams.size();
        var browser = asking(config);
        assertThat(model.streams).hasSize(before + 1);
        assertThat(browser.heard("audioReady")).isTrue();
        return browser;
    }

    /** A browser with an open stream. */
    FakeBrowser talking() {
        return talking("{}");
    }

    static void start(FakeBrowser browser, String config) {
        browser.initialize(config);
        browser.send("promptStart");
        browser.send("systemPrompt");
        browser.send("audioStart");
    }
}
