package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.FakeModel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sound reaches the model at real time, and at most 20 s ahead of it. */
class AudioPaceTest {

    private static final long SECOND = 32_000;

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
    void soundAheadOfRealTimeIsDroppedAndToldOnce() {
        var browser = world.talking();
        sendSeconds(browser, 100);

        assertThat(audioBytes()).isBetween(19 * SECOND, 20 * SECOND);
        assertThat(browser.count("error")).isEqualTo(1);
        assertThat(browser.received.toString()).contains("faster than anybody speaks");
    }

    @Test
    void atMostEightySecondsReachTheModelInAMinute() {
        var browser = world.talking();
        for (int second = 0; second < 60; second++) {
            sendSeconds(browser, 10);
            world.advance(Duration.ofSeconds(1));
        }

        assertThat(audioBytes()).isBetween(75 * SECOND, 80 * SECOND);
        assertThat(browser.count("error")).isEqualTo(1);
    }

    @Test
    void newConversationsOfTheSocketShareThePace() {
        var browser = world.talking();
        for (int i = 0; i < 3; i++) {
            sendSeconds(browser, 20);
            browser.send("startNewChat", "[\"startNewChat\",{}]");
            browser.send("audioStart");
        }

        assertThat(world.model.streams).hasSize(4);
        assertThat(audioBytes()).isLessThanOrEqualTo(20 * SECOND);
    }

    @Test
    void speechOfALostConnectionFits() {
        var browser = world.talking("{\"resume\":true,\"replay\":true}");
        for (int second = 0; second < 30; second++) {
            sendSeconds(browser, 1);
            world.advance(Duration.ofSeconds(1));
        }
        browser.leave();
        world.advance(Duration.ofSeconds(25));
        long before = audioBytes();
        var back = world.browser();
        back.initialize("{\"replay\":true,\"resume\":\"" + browser.token() + "\",\"received\":"
                + (browser.received.size() - 1) + "}");

        sendSeconds(back, 15);

        assertThat(audioBytes() - before).isGreaterThanOrEqualTo(14 * SECOND);
        assertThat(back.heard("error")).isFalse();
    }

    @Test
    void clockThatIsSetBackDropsNothing() {
        var browser = world.talking();
        sendSeconds(browser, 20);
        world.runtime().setBack(Duration.ofHours(1));
        world.advance(Duration.ofSeconds(5));
        sendSeconds(browser, 1); // the bucket sees the clock again
        world.advance(Duration.ofSeconds(10));
        long before = audioBytes();

        sendSeconds(browser, 9);

        assertThat(audioBytes() - before).isGreaterThanOrEqualTo(8 * SECOND);
    }

    private long audioBytes() {
        return world.model.streams.stream().mapToLong(FakeModel.Stream::audioBytes).sum();
    }

    private static void sendSeconds(FakeBrowser browser, int seconds) {
        for (int i = 0; i < seconds * 1_000 / 32; i++) {
            browser.sendAudio();
        }
    }
}
