package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.standard.StandardTools;
import dev.parley.assistant.tool.Tool;
import dev.parley.calls.state.CallStore;
import dev.parley.testing.FakeModel;
import dev.parley.voice.Alarm;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.conversation.Persona;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls with a fake model, in the time and on the thread of the test: whatever the test causes has happened when its call returns. */
final class TestCalls {

    final FakeModel model;
    final RecordingListener listener = new RecordingListener();
    private final TestRuntime runtime;
    private final SpeechModel speaks;
    private List<Tool> tools = StandardTools.all();
    private Calls calls;
    private Alarm alarm = (delay, task) -> () -> {};

    TestCalls(TestOptions options) {
        this.runtime = new TestRuntime();
        this.model = new FakeModel();
        this.speaks = model;
        this.calls = calls(CompletableFuture.completedFuture(model), options);
    }

    /** One of several servers that keep their calls in one store. */
    TestCalls(TestOptions options, TestRuntime runtime, SpeechModel speaks, CallStore store) {
        this.runtime = runtime;
        this.model = speaks instanceof FakeModel fake ? fake : new FakeModel();
        this.speaks = speaks;
        this.calls = calls(CompletableFuture.completedFuture(speaks), options).keepIn(store)
                .signTokens(List.of("the secret of the servers of a test"));
    }

    TestCalls with(List<Tool> others) {
        tools = others;
        return this;
    }

    /** Closes the calls, and opens others with these options. */
    void restart(TestOptions options) {
        close();
        calls = calls(CompletableFuture.completedFuture(speaks), options);
    }

    /** Opens others, which the test closes. */
    Calls calls(CompletableFuture<SpeechModel> loading, TestOptions options) {
        var own = runtime.runtime();
        alarm = own.alarm();
        return new Calls(loading, () -> tools, List.of(Persona.plain("Be brief.")), options.build(), own)
                .listen(listener);
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

    /** The server is killed: its alarms never ring again. */
    void stopTime() {
        alarm.close();
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
