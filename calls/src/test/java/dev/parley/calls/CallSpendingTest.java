package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Usage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** A thousand tokens of each kind cost 1, 10, 100 and 1000. */
    private static double dollars(Usage used) {
        return (used.inputSpeech() + 10 * used.inputText() + 100 * used.outputSpeech()
                + 1_000 * used.outputText()) / 1_000.0;
    }
}
