package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the reports of a call to its listener, and their order. */
class CallListenerTest {

    @TempDir
    Path folder;

    private TestCalls world;

    @BeforeEach
    void open() {
        world = new TestCalls(TestOptions.in(folder));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void resumedAndAbandonedCallsAreReported() {
        var browser = world.talking("{\"resume\":true}");
        browser.leave();
        var back = world.browser();
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");
        assertThat(world.listener.events).containsExactly("opened", "resumed");
        back.leave();
        assertThat(world.calls().awayCalls()).isEqualTo(1);

        world.calls().drain();

        assertThat(world.listener.events).containsExactly("opened", "resumed", "abandoned");
    }

    @Test
    void turnsAndAnswersAreReportedInOrder() {
        var browser = world.talking();
        FakeModel.Stream stream = world.model.streams.getFirst();
        browser.send("audioInput", "[\"audioInput\",\"" + Base64.getEncoder().encodeToString(loud()) + "\"]");
        world.advance(Duration.ofMillis(300));
        stream.say(new ModelEvent.UserText("u1", "hello"));
        world.advance(Duration.ofMillis(500));
        stream.sayTheBeginning("Hello yourself.");
        stream.sayTheBeginning("And more.");
        stream.say(new ModelEvent.Interrupted());
        browser.send("textInput", "[\"textInput\",{\"content\":\"typed\"}]");
        stream.sayTheBeginning("An answer to what was typed.");
        stream.say(new ModelEvent.Usage(1, 0, 0, 0));

        assertThat(world.listener.events).containsExactly("opened", "model began 300", "turn", "answered 800",
                "barged in", "turn", "used 1 0 0 0");
    }

    @Test
    void toolsAreTimedByOutcome() {
        world.talking();
        FakeModel.Stream stream = world.model.streams.getFirst();
        stream.say(new ModelEvent.ToolCall("t1", "calculate", "{\"expression\":\"6*7\"}"));
        stream.say(new ModelEvent.ToolCall("t2", "calculate", "{\"expression\":\"6*\"}"));
        world.advance(Duration.ofMillis(30));

        world.runtime().runTools();

        assertThat(world.listener.events).filteredOn(event -> event.startsWith("tool"))
                .containsExactly("tool calculate finished 30", "tool calculate failed 30");
    }

    @Test
    void toolThatIsGoneIsReportedAsUnknown() {
        world.talking();
        world.with(List.of());
        world.model.streams.getFirst()
                .say(new ModelEvent.ToolCall("t1", "calculate", "{\"expression\":\"6*7\"}"));

        world.runtime().runTools();

        assertThat(world.listener.events).filteredOn(event -> event.startsWith("tool"))
                .containsExactly("tool unknown failed 0");
    }

    @Test
    void droppedAudioIsReported() {
        try (Calls waiting = world.calls(new CompletableFuture<>(), TestOptions.in(folder))) {
            var browser = new FakeBrowser(waiting);
            for (int i = 0; i < Call.AUDIO_ROOM + 3; i++) {
                browser.sendAudio();
            }
            assertThat(world.listener.events).containsExactly("audio dropped", "audio dropped",
                    "audio dropped");
        }
    }

    private static byte[] loud() {
        byte[] pcm = new byte[1024];
        for (int i = 1; i < pcm.length; i += 2) {
            pcm[i] = (byte) (i % 4 == 1 ? 8 : -8);
        }
        return pcm;
    }
}
