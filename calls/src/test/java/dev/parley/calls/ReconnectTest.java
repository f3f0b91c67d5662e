package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.browser.BrowserLink;
import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
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

    private static final String RESUME = "{\"resume\":true}";

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

    @ParameterizedTest
    @ValueSource(strings = {"transport close", "transport error", "ping timeout"})
    void returningBrowserContinuesAndReceivesMissedEvents(String reason) {
        var browser = talking();
        FakeModel.Stream stream = world.model.streams.getFirst();
        stream.say(new ModelEvent.UserText("u1", "before the loss"));
        assertThat(browser.heard("textOutput")).isTrue();
        long received = received(browser);
        browser.leave(reason);
        assertThat(world.calls().awayCalls()).isEqualTo(1);
        assertThat(world.calls().conversations()).singleElement()
                .satisfies(away -> assertThat(away.state()).isEqualTo("away"));
        stream.say(new ModelEvent.UserText("u2", "during the absence"));
        stream.sayTheBeginning("An answer to nobody.");

        var back = world.browser();
        back.initialize("{\"resume\":\"" + browser.token() + "\",\"received\":" + received + "}");

        assertThat(back.heard("audioOutput")).isTrue();
        assertThat(back.acknowledged).containsExactly("[{\"success\":true}]");
        assertThat(back.received.getFirst()).contains("\"resumed\":true").contains("\"from\":" + received);
        assertThat(back.received.toString()).contains("during the absence", "An answer to nobody.")
                .doesNotContain("before the loss");
        stream.say(new ModelEvent.UserText("u3", "after the return"));
        assertThat(back.received.toString()).contains("after the return");
        assertThat(world.model.streams).hasSize(1);
        assertThat(world.calls().openCalls()).isEqualTo(1);
        assertThat(world.calls().awayCalls()).isZero();
        assertThat(world.calls().conversations()).singleElement()
                .satisfies(there -> assertThat(there.state()).isNotEqualTo("away"))
                .satisfies(there -> assertThat(there.turns()).isEqualTo(2));
        assertNothingIsMissedBy(back);
    }

    @Test
    void modelHearsSilenceWhileBrowserIsAway() {
        var browser = talking();
        FakeModel.Stream stream = world.model.streams.getFirst();
        assertThat(stream.audioBytes()).isZero();

        browser.leave();
        world.advance(Duration.ofMillis(450));

        assertThat(stream.audioBytes()).isEqualTo(3 * 6_400); // at once, and after 200 and 400 ms
        assertThat(stream.told(new ModelCommand.Close())).isFalse();
    }

    @Test
    void browserWithoutMicrophoneSendsNoSilence() {
        var browser = world.browser();
        browser.initialize(RESUME);
        browser.send("textInput", "[\"textInput\",{\"content\":\"hello\"}]");
        assertThat(world.model.streams).hasSize(1);
        browser.leave();
        assertThat(world.calls().awayCalls()).isEqualTo(1);

        var back = world.browser();
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");

        assertThat(back.acknowledged).hasSize(1);
        assertThat(world.model.streams.getFirst().audioBytes()).isZero();
    }

    @Test
    void reopenedPageReceivesTextButNoOldSpeech() {
        var browser = talking();
        FakeModel.Stream stream = world.model.streams.getFirst();
        stream.say(new ModelEvent.UserText("u1", "before the loss"));
        stream.sayTheBeginning("An answer.");
        assertThat(browser.heard("audioOutput")).isTrue();
        browser.leave();

        var back = world.browser();
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");

        assertThat(back.received.toString()).contains("An answer.");
        assertThat(back.received.toString()).contains("before the loss");
        assertThat(back.heard("audioOutput")).isFalse();
        assertThat(back.heard("audioReady")).isFalse();
        assertNothingIsMissedBy(back);
    }

    @Test
    void anotherTabTakesOverFromConnectedTab() {
        var browser = talking();
        var other = world.browser();

        other.initialize("{\"resume\":\"" + browser.token() + "\"}");

        assertThat(browser.disconnected).isTrue();
        assertThat(browser.received).last().isEqualTo("[\"conversationMoved\"]");
        browser.leave("server namespace disconnect");
        world.model.streams.getFirst().say(new ModelEvent.UserText("u", "only here"));
        assertThat(other.received.toString()).contains("only here");
        assertThat(browser.received.toString()).doesNotContain("only here");
        assertThat(world.calls().openCalls()).isEqualTo(1);
        other.leave();
        assertThat(world.calls().awayCalls()).isEqualTo(1);
    }

    @Test
    void callEndsWhenBrowserStaysAway() {
        var browser = talking();
        String token = browser.token();
        browser.leave();
        world.advance(Duration.ofMillis(59_999));
        assertThat(world.calls().openCalls()).isEqualTo(1);

        world.advance(Duration.ofMillis(1));

        assertThat(world.calls().openCalls()).isZero();
        assertThat(world.model.streams.getFirst().told(new ModelCommand.Close())).isTrue();
        var late = world.browser();
        late.initialize("{\"resume\":\"" + token + "\",\"received\":3}");
        assertThat(late.acknowledged).hasSize(1);
        assertThat(late.received.getFirst()).contains("\"resumed\":false").contains("\"from\":0");
        assertThat(late.token()).isNotEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client namespace disconnect", "server namespace disconnect",
            "server shutting down"})
    void intendedDisconnectEndsTheCall(String reason) {
        var browser = talking();

        browser.leave(reason);

        assertThat(world.calls().openCalls()).isZero();
    }

    @Test
    void callWithoutResumeOrStoppedEndsAtOnce() {
        var plain = world.browser();
        TestCalls.start(plain, "{}");
        assertThat(plain.heard("audioReady")).isTrue();
        assertThat(plain.heard("conversation")).isFalse();
        plain.leave();
        assertThat(world.calls().openCalls()).isZero();
        var stopped = talking();
        stopped.send("stopAudio");
        world.model.streams.getLast().say(new ModelEvent.Ended());
        assertThat(stopped.heard("sessionClosed")).isTrue();

        stopped.leave();

        assertThat(world.calls().openCalls()).isZero();
    }

    @Test
    void zeroTimeoutOrDrainEndsTheCallAtOnce() {
        var drained = talking();
        world.calls().drain();
        drained.leave();
        assertThat(world.calls().openCalls()).isZero();
        world.restart(TestOptions.in(folder).resume(Duration.ZERO));
        var browser = world.browser();

        TestCalls.start(browser, RESUME);

        assertThat(browser.heard("audioReady")).isTrue();
        assertThat(browser.heard("conversation")).isFalse();
        browser.leave();
        assertThat(world.calls().openCalls()).isZero();
    }

    @Test
    void drainGivesUpCallsOfAwayBrowsers() {
        talking().leave();
        assertThat(world.calls().awayCalls()).isEqualTo(1);

        world.calls().drain();

        assertThat(world.calls().openCalls()).isZero();
    }

    @Test
    void newBrowserTakesPlaceOfLongestAway() {
        var first = talking();
        var second = talking();
        second.leave();
        assertThat(world.calls().awayCalls()).isEqualTo(1);
        first.leave();
        assertThat(world.calls().awayCalls()).isEqualTo(2);
        var third = world.browser();

        TestCalls.start(third, RESUME);

        assertThat(world.model.streams).hasSize(3);
        assertThat(world.calls().awayCalls()).isEqualTo(1);
        assertThat(world.model.streams.get(1).told(new ModelCommand.Close())).isTrue();
        assertThat(world.model.streams.get(0).told(new ModelCommand.Close())).isFalse();
    }

    @Test
    void callBeforeAudioStartEndsAtOnce() {
        var browser = world.browser();
        browser.initialize(RESUME);
        assertThat(browser.acknowledged).hasSize(1);

        browser.leave();

        assertThat(world.calls().openCalls()).isZero();
    }

    @Test
    void waitingCallsAreLimited() {
        var first = talking();
        var second = talking();
        var inLine = world.browser();
        TestCalls.start(inLine, RESUME);
        assertThat(inLine.heard("queue")).isTrue();

        for (FakeBrowser browser : List.of(first, second, inLine)) {
            browser.leave();
        }

        assertThat(world.calls().openCalls()).isEqualTo(2);
        assertThat(world.calls().awayCalls()).isEqualTo(2);
    }

    @Test
    void repeatedResumeIsAnsweredAgain() {
        var browser = talking();
        browser.leave();
        var back = world.browser();
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");

        back.initialize("{\"resume\":\"" + browser.token() + "\"}");

        assertThat(back.acknowledged).hasSize(2);
        assertThat(back.received).filteredOn(json -> json.startsWith("[\"conversation\""))
                .hasSize(2)
                .allMatch(json -> json.contains("\"resumed\":true"));
        assertThat(world.calls().openCalls()).isEqualTo(1);
    }

    @Test
    void modelThatEndsWhileBrowserIsAwayEndsCall() {
        var browser = talking();
        browser.leave();
        assertThat(world.calls().awayCalls()).isEqualTo(1);

        world.model.streams.getFirst().say(new ModelEvent.Ended());
        world.advance(BrowserLink.SILENCE);

        assertThat(world.calls().openCalls()).isZero();
    }

    private FakeBrowser talking() {
        return world.talking(RESUME);
    }

    /** As a page counts: from what it was told, each event that is not about the connection itself. */
    private static long received(FakeBrowser browser) {
        var from = FROM.matcher(browser.received.getFirst());
        assertThat(from.find()).isTrue();
        return Long.parseLong(from.group(1)) + browser.received.size() - 1;
    }

    /** Its own count is the server's: another that takes over with it is told so, and is sent nothing again. */
    private void assertNothingIsMissedBy(FakeBrowser browser) {
        world.model.streams.getFirst().say(new ModelEvent.Usage(1, 1, 1, 1));
        assertThat(browser.heard("usageEvent")).isTrue();
        long received = received(browser);
        var next = world.browser();
        next.initialize("{\"resume\":\"" + browser.token() + "\",\"received\":" + received + "}");
        assertThat(next.acknowledged).hasSize(1);
        assertThat(next.received).hasSize(1);
        assertThat(received(next)).isEqualTo(received);
    }
}
