package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.standard.StandardTools;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools of a call: each has one result, whatever it does. */
class CallToolsTest {

    @TempDir
    Path folder;

    private TestCalls world;

    @BeforeEach
    void open() {
        var tools = new ArrayList<>(StandardTools.all());
        tools.add(tool("throw", () -> {
            throw new IllegalStateException("thrown for the test");
        }));
        tools.add(tool("overflow", () -> {
            throw new StackOverflowError();
        }));
        tools.add(Tool.of("flood", "For the test.", ToolParameters.none(),
                (arguments, context) -> arguments.put("text", "x".repeat(1_000_000))));
        world = new TestCalls(TestOptions.in(folder).tool(Duration.ofSeconds(20))).with(tools);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        world.close();
        assertThat(world.runtime().pendingAlarms()).isZero();
    }

    @Test
    void throwingToolStillHasResult() {
        FakeModel.Stream stream = talking();

        call(stream, "t1", "calculate", "{\"expression\":\"6*7\"}");
        call(stream, "t2", "throw", "{}");
        call(stream, "t3", "overflow", "{}");
        world.runtime().runTools();

        assertThat(results(stream)).hasSize(3)
                .hasEntrySatisfying("t1", json -> assertThat(json).contains("42"))
                .hasEntrySatisfying("t2", json -> assertThat(json).contains("error"))
                .hasEntrySatisfying("t3", json -> assertThat(json).contains("error"));
    }

    @Test
    void toolOverItsDeadlineIsInterruptedAndItsResultDropped() {
        FakeModel.Stream stream = talking();
        call(stream, "t1", "calculate", "{\"expression\":\"6*7\"}");
        world.advance(Duration.ofMillis(19_999));
        assertThat(results(stream)).isEmpty();

        world.advance(Duration.ofMillis(1));

        assertThat(results(stream)).isEqualTo(Map.of("t1", "{\"error\":\"That took too long.\"}"));
        assertThat(world.runtime().tools).singleElement()
                .matches(TestRuntime.ToolThread::wasInterrupted, "interrupted");
        world.runtime().runTools();
        assertThat(results(stream)).isEqualTo(Map.of("t1", "{\"error\":\"That took too long.\"}"));
    }

    @Test
    void toolResultOfAMegabyteBecomesAnError() {
        FakeModel.Stream stream = talking();

        call(stream, "t1", "flood", "{}");
        world.runtime().runTools();

        assertThat(results(stream))
                .isEqualTo(Map.of("t1", "{\"error\":\"The tool's answer is too large.\"}"));
    }

    @Test
    void stoppedConversationInterruptsItsTools() {
        var browser = world.talking();
        FakeModel.Stream stream = world.model.streams.getFirst();
        call(stream, "t1", "calculate", "{\"expression\":\"6*7\"}");
        assertThat(browser.heard("toolUse")).isTrue();

        browser.send("stopAudio");

        assertThat(world.runtime().tools).singleElement()
                .matches(TestRuntime.ToolThread::wasInterrupted, "interrupted");
        world.runtime().runTools();
        assertThat(browser.heard("toolResult")).isFalse();
    }

    @Test
    void dueTimerNotifiesTheModel() {
        FakeModel.Stream stream = talking();
        call(stream, "t1", "set_timer", "{\"seconds\":60,\"label\":\"tea\"}");
        world.runtime().runTools();
        world.advance(Duration.ofSeconds(59));
        assertThat(notices(stream)).isEmpty();

        world.advance(Duration.ofSeconds(1));

        assertThat(notices(stream)).singleElement().asString().contains("tea");
    }

    private FakeModel.Stream talking() {
        world.talking();
        return world.model.streams.getLast();
    }

    private static void call(FakeModel.Stream stream, String id, String tool, String arguments) {
        stream.say(new ModelEvent.ToolCall(id, tool, arguments));
    }

    private static Tool tool(String name, Runnable work) {
        return Tool.of(name, "For the test.", ToolParameters.none(), (arguments, context) -> {
            work.run();
            return arguments;
        });
    }

    private static List<ModelCommand> notices(FakeModel.Stream stream) {
        return stream.commands.stream().filter(ModelCommand.Notice.class::isInstance).toList();
    }

    private static Map<String, String> results(FakeModel.Stream stream) {
        return stream.commands.stream()
                .filter(ModelCommand.ToolResult.class::isInstance)
                .map(ModelCommand.ToolResult.class::cast)
                .collect(Collectors.toMap(ModelCommand.ToolResult::toolUseId, ModelCommand.ToolResult::json));
    }
}
