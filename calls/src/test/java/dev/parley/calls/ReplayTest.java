package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.browser.BrowserLink;
import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.SpeechModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser that keeps its audio learns which of it has arrived, and sends the rest again when it comes back. */
class ReplayTest {

    private static final String ASKED = "{\"resume\":true,\"replay\":true}";
    private static final int FRAME = 1024;

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
    void audioIsConfirmedOnceASecond() {
        var browser = world.talking(ASKED);
        assertThat(browser.received.getFirst())
                .contains("\"replay\":true,\"audio\":{\"count\":0,\"lost\":0}");

        for (int i = 0; i < 70; i++) {
            browser.sendAudio();
            world.advance(Duration.ofMillis(32));
        }

        assertThat(confirmations(browser)).containsExactly("[\"audioReceived\",{\"count\":1,\"lost\":0}]",
                "[\"audioReceived\",{\"count\":33,\"lost\":0}]",
                "[\"audioReceived\",{\"count\":65,\"lost\":0}]");
    }

    @Test
    void browserThatDidNotAskSeesNothingNew() {
        var browser = world.talking("{\"resume\":true}");

        browser.sendAudio();

        assertThat(browser.received.toString()).doesNotContain("replay").doesNotContain("audioReceived");
    }

    @Test
    void replayMayBeAskedForByStartNewChat() {
        var browser = world.talking("{\"resume\":true}");

        browser.send("startNewChat", "[\"startNewChat\",{\"replay\":true}]");
        send(browser, 1);

        assertThat(confirmations(browser)).hasSize(1);
    }

    @Test
    void laterSettingsWithoutReplayLeaveItOn() {
        var browser = world.talking(ASKED);

        browser.initialize("{}");
        browser.send("startNewChat");
        send(browser, 1);
        assertThat(confirmations(browser)).hasSize(1);

        browser.send("startNewChat", "[\"startNewChat\",{\"replay\":false}]");
        world.advance(Duration.ofSeconds(2));
        send(browser, 1);
        assertThat(confirmations(browser)).hasSize(1);
    }

    @Test
    void returningBrowserLearnsWhichAudioArrived() {
        var browser = world.talking(ASKED);
        send(browser, 40);
        browser.send("audioInput", "[\"audioInput\",\"?\"]");
        browser.leave();
        world.advance(Duration.ofSeconds(5));

        var back = resumed(browser);
        send(back, 3);

        assertThat(back.received.getFirst()).contains("\"resumed\":true").contains("\"count\":41,\"lost\":0");
        assertThat(stream().audioBytes()).isEqualTo(43 * FRAME);
        assertThat(confirmations(back)).containsExactly("[\"audioReceived\",{\"count\":42,\"lost\":0}]");
    }

    @Test
    void lateAudioOfLostConnectionIsIgnored() {
        var browser = world.talking(ASKED);
        send(browser, 2);
        var back = resumed(browser);

        send(browser, 5);
        browser.send("textInput", "[\"textInput\",{\"content\":\"late\"}]");
        world.advance(Duration.ofSeconds(1));
        send(back, 1);

        assertThat(stream().audioBytes()).isEqualTo(3 * FRAME);
        assertThat(stream().told(new ModelCommand.Text("late"))).isFalse();
        assertThat(confirmations(back)).containsExactly("[\"audioReceived\",{\"count\":3,\"lost\":0}]");
    }

    @Test
    void droppedAudioCountsAsReceivedAndIsTold() {
        var loading = new CompletableFuture<SpeechModel>();
        try (Calls early = world.calls(loading, TestOptions.in(folder))) {
            var browser = new FakeBrowser(early);
            TestCalls.start(browser, ASKED);
            send(browser, Call.AUDIO_ROOM);
            loading.complete(world.model);
            world.advance(Duration.ofSeconds(1));

            send(browser, 1);

            assertThat(confirmations(browser)).last()
                    .isEqualTo("[\"audioReceived\",{\"count\":513,\"lost\":4}]");
            assertThat(stream().audioBytes()).isEqualTo(509 * FRAME);
        }
    }

    @Test
    void waitingAudioIsLimitedInBytes() {
        var options = TestOptions.in(folder).audioAhead(Duration.ZERO);
        try (Calls early = world.calls(new CompletableFuture<>(), options)) {
            var browser = new FakeBrowser(early);
            String large = Base64.getEncoder().encodeToString(new byte[Call.AUDIO_BYTES / 4]);

            for (int i = 0; i < 5; i++) {
                browser.send("audioInput", "[\"audioInput\",\"" + large + "\"]");
            }

            assertThat(world.listener.events).containsExactly("audio dropped");
        }
    }

    @Test
    void confirmationsAreNotSentAgain() {
        var browser = world.talking(ASKED);
        send(browser, 1);
        browser.leave();
        stream().say(new ModelEvent.UserText("u1", "during the absence"));

        var back = resumed(browser);

        assertThat(back.received.toString()).contains("during the absence");
        assertThat(confirmations(back)).isEmpty();
    }

    @Test
    void silenceBeginsTwentySecondsAfterTheLastAudio() {
        var browser = world.talking(ASKED);
        world.advance(Duration.ofSeconds(30));
        send(browser, 1);
        world.advance(Duration.ofSeconds(4));
        browser.leave("ping timeout");

        world.advance(BrowserLink.GAP.minusSeconds(4).minusMillis(1));
        assertThat(stream().audioBytes()).isEqualTo(FRAME);
        world.advance(Duration.ofMillis(1));

        assertThat(stream().audioBytes()).isEqualTo(FRAME + 6_400);
        world.advance(Duration.ofMillis(200));
        assertThat(stream().audioBytes()).isEqualTo(FRAME + 2 * 6_400);
    }

    @Test
    void shortWaitForTheBrowserEndsBeforeSilenceBegins() {
        world.restart(TestOptions.in(folder).resume(Duration.ofSeconds(5)));
        var browser = world.talking(ASKED);
        send(browser, 1);
        browser.leave();

        world.advance(Duration.ofSeconds(5));

        assertThat(world.calls().openCalls()).isZero();
        assertThat(stream().audioBytes()).isEqualTo(FRAME);
    }

    @Test
    void streamIsToldThatGapsAreNoSilence() {
        world.talking(ASKED);
        world.talking("{}");

        assertThat(world.model.streams).extracting(stream -> stream.settings.replay())
                .containsExactly(true, false);
    }

    private FakeModel.Stream stream() {
        return world.model.streams.getFirst();
    }

    private static void send(FakeBrowser browser, int frames) {
        for (int i = 0; i < frames; i++) {
            browser.sendAudio();
        }
    }

    private FakeBrowser resumed(FakeBrowser browser) {
        var back = world.browser();
        back.initialize("{\"replay\":true,\"resume\":\"" + browser.token() + "\",\"received\":"
                + (browser.received.size() - 1) + "}");
        return back;
    }

    private static List<String> confirmations(FakeBrowser browser) {
        return browser.received.stream().filter(json -> json.startsWith("[\"audioReceived\"")).toList();
    }
}
