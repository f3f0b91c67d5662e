package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.calls.admission.UnknownSpendingException;
import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of tokens and money, for one conversation and for a day. */
class CallSpendingTest {

    @TempDir
    Path folder;

    private TestCalls world;

    @BeforeEach
    void open() {
        world = new TestCalls(TestOptions.in(folder).tokens(400, 1_000));
    }

    @AfterEach
    void nothingIsLeftBehind() {
        world.close();
        assertThat(world.runtime().pendingAlarms()).isZero();
    }

    @Test
    void conversationOverItsTokenLimitEndsWithMessage() {
        var browser = world.talking();
        FakeModel.Stream stream = world.model.streams.getFirst();
        stream.say(new ModelEvent.Usage(100, 100, 100, 99));
        assertThat(browser.heard("usageEvent")).isTrue();
        assertThat(browser.heard("error")).isFalse();

        stream.say(new ModelEvent.Usage(100, 100, 100, 100));

        assertThat(browser.heard("sessionClosed")).isTrue();
        assertThat(browser.received.toString())
                .contains("This conversation has reached its limit. Start again to go on.");
        assertThat(stream.told(new ModelCommand.Close())).isTrue();
        assertThat(world.calls().openStreams()).isZero();
    }

    @Test
    void tokenLimitOfTheDaySurvivesRestart() {
        for (int i = 0; i < 3; i++) {
            var browser = world.talking();
            world.model.streams.getLast().say(new ModelEvent.Usage(390, 0, 0, 0));
            assertThat(browser.heard("usageEvent")).isTrue();
            browser.leave();
            assertThat(world.calls().openCalls()).isZero();
        }
        world.restart(TestOptions.in(folder).tokens(400, 1_000));

        var late = world.asking();

        assertThat(late.heard("error")).isTrue();
        assertThat(late.received.toString()).contains("Come back tomorrow");
        assertThat(world.model.streams).hasSize(3);
    }

    @Test
    void costLimitsEndConversationsAndDays() {
        world.restart(TestOptions.in(folder).cost(2, 3, CallSpendingTest::dollars));
        var browser = world.talking();
        world.model.streams.getLast().say(new ModelEvent.Usage(900, 0, 0, 1));
        assertThat(browser.heard("usageEvent")).isTrue();
        assertThat(browser.heard("error")).isFalse();
        world.model.streams.getLast().say(new ModelEvent.Usage(900, 10, 0, 1));
        assertThat(browser.received.toString()).contains("This conversation has reached its limit.");
        var last = world.talking();
        assertThat(last.heard("error")).isFalse();

        world.model.streams.getLast().say(new ModelEvent.Usage(0, 0, 10, 0));

        assertThat(last.received.toString()).contains("Today's limit of this server is reached.");
    }

    @Test
    void soundIsCountedBeforeTheModelReports() {
        world.restart(TestOptions.in(folder).tokens(0, 100));
        var browser = world.talking();
        sendSeconds(browser, 3);
        assertThat(world.calls().budget().today().tokens()).isBetween(70L, 85L);
        assertThat(browser.heard("error")).isFalse();

        sendSeconds(browser, 1);

        assertThat(browser.received.toString()).contains("Today's limit of this server is reached.");
        assertThat(world.calls().openStreams()).isZero();
    }

    @Test
    void reportReplacesTheEstimate() {
        world.restart(TestOptions.in(folder));
        var browser = world.talking();
        FakeModel.Stream stream = world.model.streams.getLast();
        sendSeconds(browser, 2);
        stream.say(new Usage(60, 0, 0, 0));
        assertThat(world.calls().budget().today().tokens()).isEqualTo(60);

        sendSeconds(browser, 2);
        stream.say(new Usage(80, 20, 0, 0)); // less than was estimated: what follows is counted against it
        long before = world.calls().budget().today().tokens();
        stream.say(new Usage(110, 20, 0, 0));

        assertThat(before).isBetween(100L, 113L);
        assertThat(world.calls().budget().today().tokens()).isEqualTo(130);
    }

    @Test
    void conversationsHungUpBeforeTheFirstReportAreCounted() {
        for (int i = 0; i < 3; i++) {
            var browser = world.talking();
            sendSeconds(browser, 10);
            world.model.streams.getLast().say(new ModelEvent.Audio("a", new byte[48_000 * 2]));
            browser.leave();
        }

        assertThat(world.calls().budget().today().tokens()).isBetween(900L, 920L);
    }

    @Test
    void spendingSurvivesAKilledServer() throws IOException {
        var browser = world.talking();
        sendSeconds(browser, 4);
        world.advance(Duration.ofSeconds(10));

        assertThat(Files.readString(folder.resolve("spent.json"))).contains("\"tokens\":10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"day\":\"2026-01-01\"}", "{\"day\":7,\"tokens\":5,\"cost\":0}",
            "{\"day\":\"2026-01-01\",\"tokens\":\"5\",\"cost\":0}",
            "{\"day\":\"2026-01-01\",\"tokens\":-5,\"cost\":0}",
            "{\"day\":\"2026-01-01\",\"tokens\":5,\"cost\":{}}",
            "{\"day\":\"2026-01-01\",\"tokens\":99999999999999999999,\"cost\":0}"})
    void fileThatDoesNotSayWhatWasSpentStopsTheStart(String text) throws IOException {
        Files.writeString(folder.resolve("spent.json"), text);

        assertThatThrownBy(() -> world.restart(TestOptions.in(folder).tokens(400, 1_000)))
                .isInstanceOf(UnknownSpendingException.class)
                .hasMessageContaining("spent.json")
                .hasMessageContaining("remove it");
    }

    private static void sendSeconds(FakeBrowser browser, int seconds) {
        for (int i = 0; i < seconds * 1_000 / 32; i++) {
            browser.sendAudio();
        }
    }

    /** A thousand tokens of each kind cost 1, 10, 100 and 1000. */
    private static double dollars(Usage used) {
        return (used.inputSpeech() + 10 * used.inputText() + 100 * used.outputSpeech()
                + 1_000 * used.outputText()) / 1_000.0;
    }
}
