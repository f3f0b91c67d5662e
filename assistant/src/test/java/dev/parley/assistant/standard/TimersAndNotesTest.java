package dev.parley.assistant.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimersAndNotesTest {
    private final ToolFixture fixture = new ToolFixture();

    @Test
    void timerCallsBackOnceWhenDue() {
        assertThat(fixture.run("set_timer", "{'seconds':90,'label':' green\\ntea '}"))
                .hasToString("{\"id\":1,\"seconds\":90,\"seconds_left\":90,\"label\":\"green tea\"}");
        fixture.now = fixture.now.plusSeconds(30);
        assertThat(fixture.run("list_timers", "{}").path("timers").path(0).path("seconds_left").asInt(0))
                .isEqualTo(60);
        fixture.ring();
        assertThat(fixture.notices)
                .containsExactly("Your timer for 1 minute 30 seconds has ended: green tea.");
        assertThat(fixture.run("list_timers", "{}")).hasToString("{\"timers\":[]}");
    }

    @Test
    void cancelledTimerIsUnscheduled() {
        fixture.run("set_timer", "{'seconds':60,'label':'tea'}");
        fixture.run("set_timer", "{'seconds':600,'label':'pasta'}");
        assertThat(fixture.error("cancel_timer", "{}")).isEqualTo(
                "There are 2 timers: 1 minute for tea, 10 minutes for pasta. Tell me which one, or say all.");
        assertThat(fixture.error("cancel_timer", "{'label':'eggs'}"))
                .isEqualTo("There is no such timer. Running: 1 minute for tea, 10 minutes for pasta.");
        assertThat(fixture.run("cancel_timer", "{'label':'the tea timer'}").path("cancelled")).hasSize(1);
        assertThat(fixture.alarms).hasSize(1);
        assertThat(fixture.run("cancel_timer", "{}").path("cancelled").path(0).path("label").asString(""))
                .isEqualTo("pasta");
        assertThat(fixture.alarms).isEmpty();
        assertThat(fixture.error("cancel_timer", "{'all':true}")).isEqualTo("There is no timer running.");
    }

    @Test
    void allTimersAreCancelledTogetherAndByClosing() {
        IntStream.range(0, 3).forEach(i -> fixture.run("set_timer", "{'seconds':60}"));
        assertThat(fixture.run("cancel_timer", "{'all':true}").path("cancelled")).hasSize(3);
        fixture.run("set_timer", "{'seconds':60}");
        fixture.timers.close();
        assertThat(fixture.alarms).isEmpty();
        assertThat(fixture.timers.set(Duration.ofSeconds(1), "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, A timer must run for at least one second.",
            "-5, A timer must run for at least one second.", "86401, I can only time up to 24 hours.",
            "1e60, I can only time up to 24 hours.", "'\"soon\"', Tell me how long the timer should run.",
            "null, Tell me how long the timer should run.", "[1], Tell me how long the timer should run."})
    void refusesLengthsOutOfBounds(String seconds, String sentence) {
        assertThat(fixture.error("set_timer", "{'seconds':" + seconds + "}")).isEqualTo(sentence);
        assertThat(fixture.alarms).isEmpty();
    }

    @Test
    void timersAndNotesAreBounded() {
        IntStream.range(0, UserTimers.MAX_TIMERS).forEach(i -> fixture.run("set_timer", "{'seconds':60}"));
        assertThat(fixture.error("set_timer", "{'seconds':60}"))
                .isEqualTo("There are too many timers running. Cancel one first.");
        IntStream.range(0, Notepad.MAX_NOTES)
                .forEach(i -> fixture.run("remember", "{'text':'note " + i + "'}"));
        assertThat(fixture.error("remember", "{'text':'one more'}"))
                .isEqualTo("The notepad is full. Ask me to forget something first.");
        assertThat(fixture.run("remember", "{'text':'note 7'}").path("remembered").asString(""))
                .isEqualTo("note 7");
        fixture.run("forget", "{'all':true}");
        fixture.run("remember", "{'text':'" + "x".repeat(5000) + "'}");
        assertThat(fixture.notepad.all().getFirst()).hasSize(Notepad.MAX_LENGTH);
    }

    @Test
    void notesAreFoundByTheirWords() {
        fixture.run("remember", "{'text':'my car is on level three'}");
        fixture.run("remember", "{'text':'buy milk'}");
        assertThat(fixture.run("recall", "{}").path("notes")).hasSize(2);
        assertThat(fixture.run("recall", "{'about':'where are my cars'}"))
                .hasToString("{\"notes\":[\"my car is on level three\"],\"about\":\"where are my cars\"}");
        assertThat(fixture.run("recall", "{'about':'the dog'}").path("notes")).isEmpty();
        assertThat(fixture.run("forget", "{}").path("forgotten").path(0).asString("")).isEqualTo("buy milk");
        assertThat(fixture.run("forget", "{'about':'car'}").path("forgotten")).hasSize(1);
        assertThat(fixture.run("forget", "{'all':true}")).hasToString("{\"forgotten\":[]}");
        assertThat(fixture.error("remember", "{'text':'  '}")).isEqualTo("Tell me what to remember.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "nonsense", "\"text\"", "{\"a\":", "1", "null"})
    void argumentsThatAreNoObjectReturnAnError(String arguments) {
        for (var tool : StandardTools.all()) {
            assertThat(fixture.error(tool.spec().name(), arguments)).startsWith("The arguments are not");
        }
        assertThat(fixture.error("no_such_tool", "{}")).isEqualTo("There is no such tool.");
        assertThat(fixture.error("recall", "{'about':'" + "x".repeat(20_000) + "'}"))
                .isEqualTo("That was too much text.");
    }

    @Test
    void schemasAreJsonAndOddArgumentsDoNotThrow() {
        for (var tool : StandardTools.all()) {
            var schema = tools.jackson.databind.json.JsonMapper.shared().readTree(tool.spec().inputSchema());
            assertThat(schema.path("type").asString("")).isEqualTo("object");
            for (var odd : new String[]{"{}",
                    "{'seconds':{},'text':[],'place':7,'value':true,'label':null,'all':'yes','days':'x'}"}) {
                assertThat(fixture.run(tool.spec().name(), odd)).isNotNull();
            }
        }
    }
}
