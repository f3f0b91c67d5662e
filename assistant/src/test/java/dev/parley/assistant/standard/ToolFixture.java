package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolRunner;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A conversation's tools at a fixed time, with an alarm that rings on request. */
final class ToolFixture {
    record Alarm(Duration delay, Runnable task) {}

    final List<Alarm> alarms = new ArrayList<>();
    final List<String> notices = new ArrayList<>();
    Instant now = Instant.parse("2026-11-23T06:05:00Z");
    final Notepad notepad = new Notepad();
    final UserTimers timers = new UserTimers(() -> now, (delay, task) -> {
        var alarm = new Alarm(delay, task);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }, timer -> notices.add(timer.notice()));
    final ToolContext context = new ToolContext(() -> now, ZoneId.of("Europe/Paris"))
            .with(Notepad.class, notepad)
            .with(UserTimers.class, timers);

    /** Runs a tool with arguments in which single quotes replace double ones. */
    ObjectNode run(String tool, String arguments) {
        return (ObjectNode) JsonMapper.shared()
                .readTree(ToolRunner.run(StandardTools.all(), tool, arguments.replace('\'', '"'), context));
    }

    String error(String tool, String arguments) {
        return run(tool, arguments).path("error").asString("(no error)");
    }

    void ring() {
        var alarm = alarms.removeFirst();
        now = now.plus(alarm.delay());
        alarm.task().run();
    }
}
