package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue for model streams: two may be open, two may wait. */
class CallQueueTest {

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
    void renewingModelKeepsHeadroomInTheQuota() {
        world.model.renews = true;
        world.restart(TestOptions.in(folder).limits(10, 5, 3));
        world.talking();
        world.talking();

        var third = world.asking();

        assertThat(third.received).contains("[\"queue\",{\"position\":1}]");
        assertThat(world.calls().openStreams()).isEqualTo(2);
    }

    @Test
    void queuedBrowserSeesPositionAndTalksLater() {
        var first = world.talking();
        var second = world.talking();
        var third = world.asking();
        var fourth = world.asking();
        assertThat(third.received).contains("[\"queue\",{\"position\":1}]");
        assertThat(fourth.received).contains("[\"queue\",{\"position\":2}]");
        assertThat(world.calls().conversations()).extracting(CallView::state)
                .containsExactlyInAnyOrder("listening", "listening", "in line", "in line");
        third.send("textInput", "[\"textInput\",{\"content\":\"typed while waiting\"}]");
        third.sendAudio();
        assertThat(world.model.streams).hasSize(2);
        assertThat(third.heard("error")).isFalse();

        first.leave();

        assertThat(world.model.streams).hasSize(3);
        var stream = world.model.streams.getLast();
        assertThat(stream.told(new ModelCommand.Text("typed while waiting"))).isTrue();
        assertThat(stream.commands).first().isEqualTo(new ModelCommand.SystemPrompt("Be brief."));
        assertThat(stream.audioBytes()).isZero();
        assertThat(third.received).contains("[\"queue\",{\"position\":0}]");
        assertThat(fourth.received).contains("[\"queue\",{\"position\":1}]");
        second.leave();
        assertThat(world.model.streams).hasSize(4);
        assertThat(world.calls().conversations()).extracting(CallView::state)
                .doesNotContain("in line")
                .hasSize(2);
    }

    @Test
    void leavingTheQueueMovesOthersUp() {
        world.talking();
        world.talking();
        var third = world.asking();
        var fourth = world.asking();

        third.send("stopAudio");

        assertThat(third.heard("sessionClosed")).isTrue();
        assertThat(fourth.received).contains("[\"queue\",{\"position\":1}]");
        fourth.leave();
        assertThat(world.calls().waiting()).isZero();
        assertThat(world.calls().openStreams()).isEqualTo(2);
        assertThat(world.model.streams).hasSize(2);
    }

    @Test
    void fullQueueIsAnError() {
        world.talking();
        world.talking();
        assertThat(world.asking().heard("queue")).isTrue();
        assertThat(world.asking().heard("queue")).isTrue();

        var last = world.asking();

        assertThat(last.received.toString()).contains("Too many people").contains("BUSY");
    }
}
