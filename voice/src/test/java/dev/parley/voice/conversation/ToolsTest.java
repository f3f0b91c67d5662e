package dev.parley.voice.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent.ToolCall;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ToolsTest {

    private static final Effect.RunTool CALL = new Effect.RunTool(1, "c1", "time", "{\"zone\":\"UTC\"}");

    private Script script = new Script();

    @BeforeEach
    void callATool() {
        script = Script.listening().model(1, new ToolCall("c1", "time", "{\"zone\":\"UTC\"}"));
    }

    @Test
    void runsATool() {
        script.expect("[\"completionStart\",{\"completionStart\":{IDS}}]",
                "[\"contentStart\",{IDS,\"contentId\":\"tool-c1\",\"type\":\"TOOL\",\"role\":\"TOOL\","
                        + "\"toolUseOutputConfiguration\":{\"mediaType\":\"application/json\"}}]",
                "[\"toolUse\",{IDS,\"contentId\":\"tool-c1\",\"role\":\"TOOL\",\"toolName\":\"time\",\"toolUseId\":\"c1\","
                        + "\"content\":\"{\\\"zone\\\":\\\"UTC\\\"}\"}]",
                "run 1 c1 time {\"zone\":\"UTC\"}", "[\"state\",{\"state\":\"thinking\"}]");
        script.feed(new Input.ToolFinished(CALL, "{ \"time\" : \"noon\" }"))
                .expect("1 <- result c1 {\"time\":\"noon\"}",
                        "[\"toolResult\",{\"toolUseId\":\"c1\",\"result\":{\"time\":\"noon\"}}]");
        script.assertExhausted();
    }

    @Test
    void dropsUnexpectedToolResults() {
        script.skip();
        script.feed(new Input.ToolFinished(new Effect.RunTool(2, "c1", "time", "{}"), "{}"))
                .feed(new Input.ToolFinished(new Effect.RunTool(1, "c2", "time", "{}"), "{}"))
                .expectNothing();
        script.feed(new Input.ToolFinished(CALL, "{}")).skip();
        script.feed(new Input.ToolFinished(CALL, "{}")).expectNothing();
    }

    @Test
    void dropsToolResultAfterStop() {
        script.browser("stopAudio").skip();
        script.feed(new Input.ToolFinished(CALL, "{}")).expectNothing();
        script.browser("audioStart").skip();
        script.feed(new Input.ToolFinished(CALL, "{}")).expectNothing();
    }

    @Test
    void doesNotRunTheSameCallTwice() {
        script.skip().model(1, new ToolCall("c1", "time", "{}")).expectNothing();
    }

    @Test
    void refusesAToolThatWasNotOffered() {
        script.skip().model(1, new ToolCall("c2", "shell", "{}"));
        assertThat(script.taken()).contains("1 <- result c2 {\"error\":\"There is no such tool.\"}",
                "[\"toolResult\",{\"toolUseId\":\"c2\",\"result\":{\"error\":\"There is no such tool.\"}}]");
    }

    @Test
    void boundsTheToolsThatRunAtOnce() {
        for (var i = 2; i <= 8; i++) {
            script.model(1, new ToolCall("c" + i, "note", "{}"));
        }
        assertThat(script.taken()).filteredOn(line -> line.startsWith("run")).hasSize(8);
        script.model(1, new ToolCall("c9", "note", "{}"));
        assertThat(script.taken())
                .contains("1 <- result c9 {\"error\":\"Too many tools are running at once.\"}")
                .noneMatch(line -> line.startsWith("run"));
        script.feed(new Input.ToolFinished(CALL, "{}")).model(1, new ToolCall("c10", "note", "{}"));
        assertThat(script.taken()).contains("run 1 c10 note {}");
    }

    @Test
    void resultThatIsNoObjectBecomesAnError() {
        script.skip()
                .feed(new Input.ToolFinished(CALL, "noon"))
                .expect("1 <- result c1 {\"error\":\"The tool's answer cannot be read.\"}",
                        "[\"toolResult\",{\"toolUseId\":\"c1\",\"result\":{\"error\":\"The tool's answer cannot be read.\"}}]");
    }

    @Test
    void tooLargeResultBecomesAnError() {
        script.skip().feed(new Input.ToolFinished(CALL, "{\"a\":\"" + "x".repeat(70_000) + "\"}"));
        assertThat(script.taken()).first()
                .isEqualTo("1 <- result c1 {\"error\":\"The tool's answer is too large.\"}");
    }

    @Test
    void passesANoticeOnWhileAStreamIsOpen() {
        script.skip().feed(new Input.Notice("The timer is up.")).expect("1 <- notice The timer is up.");
        script.browser("stopAudio").skip().feed(new Input.Notice("Too late.")).expectNothing();
    }
}
