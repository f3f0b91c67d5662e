package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.assistant.standard.StandardTools;
import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.conversation.Persona;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser that is lost and comes back goes on with its conversation; one that does not leaves nothing behind. */
class ReconnectTest {

    private static final Pattern FROM = Pattern.compile("\"from\":(\\d+)");

    @TempDir
    Path folder;

    private final FakeModel model = new FakeModel();
    private Calls calls;

    @BeforeEach
    void start() {
        calls = calls(Duration.ofMinutes(1));
    }

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterEach
    void nothingIsLeftBehind() {
        calls.close();
        assertThat(calls.openCalls()).isZero();
        assertThat(calls.awayCalls()).isZero();
        assertThat(calls.openStreams()).isZero();
        assertThat(calls.pendingAlarms()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transport close", "transport error", "ping timeout"})
    void returningBrowserContinuesAndReceivesMissedEvents(String reason) {
        var browser = talking();
        FakeModel.Stream stream = model.streams.getFirst();
        stream.say(new ModelEvent.UserText("u1", "before the loss"));
        await().until(() -> browser.heard("textOutput"));
        long received = received(browser);
        browser.leave(reason);
        await().until(() -> calls.awayCalls() == 1);
        assertThat(calls.conversations()).singleElement()
                .satisfies(away -> assertThat(away.state()).isEqualTo("away"));
        stream.say(new ModelEvent.UserText("u2", "during the absence"));
        stream.sayTheBeginning("An answer to nobody.");

        var back = new FakeBrowser(calls);
        back.initialize("{\"resume\":\"" + browser.token() + "\",\"received\":" + received + "}");

        await().until(() -> back.heard("audioOutput"));
        assertThat(back.acknowledged).containsExactly("[{\"success\":true}]");
        assertThat(back.received.getFirst()).contains("\"resumed\":true").contains("\"from\":" + received);
        assertThat(back.received.toString()).contains("during the absence", "An answer to nobody.")
                .doesNotContain("before the loss");
        stream.say(new ModelEvent.UserText("u3", "after the return"));
        await().until(() -> back.received.toString().contains("after the return"));
        assertThat(model.streams).hasSize(1);
        assertThat(calls.openCalls()).isEqualTo(1);
        assertThat(calls.awayCalls()).isZero();
        assertThat(calls.conversations()).singleElement()
                .satisfies(there -> assertThat(there.state()).isNotEqualTo("away"))
                .satisfies(there -> assertThat(there.turns()).isEqualTo(2));
        assertNothingIsMissedBy(back);
    }

    @Test
    void modelHearsSilenceWhileBrowserIsAway() {
        var browser = talking();
        FakeModel.Stream stream = model.streams.getFirst();
        assertThat(stream.audioBytes()).isZero();

        browser.leave();

        await().until(() -> stream.audioBytes() >= 3 * 6_400);
        assertThat(stream.told(new ModelCommand.Close())).isFalse();
    }

    @Test
    void browserWithoutMicrophoneSendsNoSilence() {
        var browser = new FakeBrowser(calls);
        browser.initialize("{\"resume\":true}");
        browser.send("textInput", "[\"textInput\",{\"content\":\"hello\"}]");
        await().until(() -> model.streams.size() == 1);
        browser.leave();
        await().until(() -> calls.awayCalls() == 1);

        var back = new FakeBrowser(calls);
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");

        await().until(() -> back.acknowledged.size() == 1);
        assertThat(model.streams.getFirst().audioBytes()).isZero();
    }

    @Test
    void reopenedPageReceivesTextButNoOldSpeech() {
        var browser = talking();
        FakeModel.Stream stream = model.streams.getFirst();
        stream.say(new ModelEvent.UserText("u1", "before the loss"));
        stream.sayTheBeginning("An answer.");
        await().until(() -> browser.heard("audioOutput"));
        browser.leave();

        var back = new FakeBrowser(calls);
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");

        await().until(() -> back.received.toString().contains("An answer."));
        assertThat(back.received.toString()).contains("before the loss");
        assertThat(back.heard("audioOutput")).isFalse();
        assertThat(back.heard("audioReady")).isFalse();
        assertNothingIsMissedBy(back);
    }

    @Test
    void anotherTabTakesOverFromConnectedTab() {
        var browser = talking();
        var other = new FakeBrowser(calls);

        other.initialize("{\"resume\":\"" + browser.token() + "\"}");

        await().until(() -> browser.disconnected);
        assertThat(browser.received).last().isEqualTo("[\"conversationMoved\"]");
        browser.leave("server namespace disconnect");
        model.streams.getFirst().say(new ModelEvent.UserText("u", "only here"));
        await().until(() -> other.received.toString().contains("only here"));
        assertThat(browser.received.toString()).doesNotContain("only here");
        assertThat(calls.openCalls()).isEqualTo(1);
        other.leave();
        await().until(() -> calls.awayCalls() == 1);
    }

    @Test
    void callEndsWhenBrowserStaysAway() {
        calls.close();
        calls = calls(Duration.ofMillis(300));
        var browser = talking();
        String token = browser.token();

        browser.leave();

        await().until(() -> calls.openCalls() == 0);
        assertThat(model.streams.getFirst().told(new ModelCommand.Close())).isTrue();
        var late = new FakeBrowser(calls);
        late.initialize("{\"resume\":\"" + token + "\",\"received\":3}");
        await().until(() -> late.acknowledged.size() == 1);
        assertThat(late.received.getFirst()).contains("\"resumed\":false").contains("\"from\":0");
        assertThat(late.token()).isNotEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client namespace disconnect", "server namespace disconnect",
            "server shutting down"})
    void intendedDisconnectEndsTheCall(String reason) {
        var browser = talking();

        browser.leave(reason);

        await().until(() -> calls.openCalls() == 0);
    }

    @Test
    void callWithoutResumeOrStoppedEndsAtOnce() {
        var plain = new FakeBrowser(calls);
        start(plain, "{}");
        await().until(() -> plain.heard("audioReady"));
        assertThat(plain.heard("conversation")).isFalse();
        plain.leave();
        await().until(() -> calls.openCalls() == 0);
        var stopped = talking();
        stopped.send("stopAudio");
        model.streams.getLast().say(new ModelEvent.Ended());
        await().until(() -> stopped.heard("sessionClosed"));

        stopped.leave();

        await().until(() -> calls.openCalls() == 0);
    }

    @Test
    void zeroTimeoutOrDrainEndsTheCallAtOnce() {
        var drained = talking();
        calls.drain();
        drained.leave();
        await().until(() -> calls.openCalls() == 0);
        calls.close();
        calls = calls(Duration.ZERO);
        var browser = new FakeBrowser(calls);

        start(browser, "{\"resume\":true}");

        await().until(() -> browser.heard("audioReady"));
        assertThat(browser.heard("conversation")).isFalse();
        browser.leave();
        await().until(() -> calls.openCalls() == 0);
    }

    @Test
    void drainGivesUpCallsOfAwayBrowsers() {
        talking().leave();
        await().until(() -> calls.awayCalls() == 1);

        calls.drain();

        await().until(() -> calls.openCalls() == 0);
    }

    @Test
    void newBrowserTakesPlaceOfLongestAway() {
        var first = talking();
        var second = talking();
        second.leave();
        await().until(() -> calls.awayCalls() == 1);
        first.leave();
        await().until(() -> calls.awayCalls() == 2);
        var third = new FakeBrowser(calls);

        start(third, "{\"resume\":true}");

        await().until(() -> model.streams.size() == 3);
        await().until(() -> calls.awayCalls() == 1);
        assertThat(model.streams.get(1).told(new ModelCommand.Close())).isTrue();
        assertThat(model.streams.get(0).told(new ModelCommand.Close())).isFalse();
    }

    @Test
    void callBeforeAudioStartEndsAtOnce() {
        var browser = new FakeBrowser(calls);
        browser.initialize("{\"resume\":true}");
        await().until(() -> browser.acknowledged.size() == 1);

        browser.leave();

        await().until(() -> calls.openCalls() == 0);
    }

    @Test
    void waitingCallsAreLimited() {
        var first = talking();
        var second = talking();
        var inLine = new FakeBrowser(calls);
        start(inLine, "{\"resume\":true}");
        await().until(() -> inLine.heard("queue"));

        for (FakeBrowser browser : List.of(first, second, inLine)) {
            browser.leave();
        }

        await().until(() -> calls.openCalls() == 2 && calls.awayCalls() == 2);
    }

    @Test
    void repeatedResumeIsAnsweredAgain() {
        var browser = talking();
        browser.leave();
        var back = new FakeBrowser(calls);
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");

        back.initialize("{\"resume\":\"" + browser.token() + "\"}");

        await().until(() -> back.acknowledged.size() == 2);
        assertThat(back.received).filteredOn(json -> json.startsWith("[\"conversation\""))
                .hasSize(2)
                .allMatch(json -> json.contains("\"resumed\":true"));
        assertThat(calls.openCalls()).isEqualTo(1);
    }

    @Test
    void modelThatEndsWhileBrowserIsAwayEndsCall() {
        var browser = talking();
        browser.leave();
        await().until(() -> calls.awayCalls() == 1);

        model.streams.getFirst().say(new ModelEvent.Ended());

        await().until(() -> calls.openCalls() == 0);
    }

    private Calls calls(Duration wait) {
        return new Calls(CompletableFuture.completedFuture(model), StandardTools::all,
                List.of(Persona.plain("Be brief.")), TestOptions.in(folder).resume(wait).build(),
                InstantSource.system());
    }

    private FakeBrowser talking() {
        int before = model.streams.size();
        var browser = new FakeBrowser(calls);
        start(browser, "{\"resume\":true}");
        await().until(() -> model.streams.size() == before + 1 && browser.heard("audioReady"));
        return browser;
    }

    private static void start(FakeBrowser browser, String config) {
        browser.initialize(config);
        browser.send("promptStart");
        browser.send("systemPrompt");
        browser.send("audioStart");
    }

    /** As a page counts: from what it was told, each event that is not about the connection itself. */
    private static long received(FakeBrowser browser) {
        var from = FROM.matcher(browser.received.getFirst());
        assertThat(from.find()).isTrue();
        return Long.parseLong(from.group(1)) + browser.received.size() - 1;
    }

    /** Its own count is the server's: another that takes over with it is told so, and is sent nothing again. */
    private void assertNothingIsMissedBy(FakeBrowser browser) {
        model.streams.getFirst().say(new ModelEvent.Usage(1, 1, 1, 1));
        await().until(() -> browser.heard("usageEvent"));
        long received = received(browser);
        var next = new FakeBrowser(calls);
        next.initialize("{\"resume\":\"" + browser.token() + "\",\"received\":" + received + "}");
        await().until(() -> next.acknowledged.size() == 1);
        assertThat(next.received).hasSize(1);
        assertThat(received(next)).isEqualTo(received);
    }
}
