package dev.parley.voice.tool;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Timers: set, list, cancel. */
final class TimerTools {
    private TimerTools() {}

    static Tool set() {
        return Tool.of("set_timer", "Starts a timer. When it ends, the assistant says so by itself.",
                """
                        {"type":"object","properties":{"seconds":{"type":"number","description":"Length in seconds, 1 to 86400"},\
                        "label":{"type":"string","description":"What the timer is for, for example: tea"}},"required":["seconds"]}""",
                TimerTools::start);
    }

    static Tool list() {
        return Tool.of("list_timers", "Tells which timers are running and how much time each has left.",
                "{\"type\":\"object\",\"properties\":{}}",
                (arguments, context) -> describe("timers", context.timers().running(), context));
    }

    static Tool cancel() {
        return Tool.of("cancel_timer",
                "Stops a timer before it ends. Without arguments it stops the only one running.",
                """
                        {"type":"object","properties":{"label":{"type":"string","description":"What the timer is for"},\
                        "seconds":{"type":"number","description":"The length it was set to, in seconds"},\
                        "id":{"type":"integer","description":"The id from list_timers"},\
                        "all":{"type":"boolean","description":"true stops every timer"}}}""",
                TimerTools::stop);
    }

    private static ObjectNode start(ObjectNode arguments, ToolContext context) {
        var seconds = number(Results.text(arguments, "seconds"));
        if (seconds == null) {
            return Results.error("Tell me how long the timer should run.");
        }
        if (seconds.compareTo(BigDecimal.ONE) < 0) {
            return Results.error("A timer must run for at least one second.");
        }
        if (seconds.compareTo(BigDecimal.valueOf(Timers.MAX_LENGTH.toSeconds())) > 0) {
            return Results.error("I can only time up to 24 hours.");
        }
        var length = Duration.ofMillis(seconds.movePointRight(3).longValue());
        return context.timers()
                .set(length, Results.text(arguments, "label"))
                .map(timer -> describe(timer, context))
                .orElseGet(() -> Results.error("There are too many timers running. Cancel one first."));
    }

    private static ObjectNode stop(ObjectNode arguments, ToolContext context) {
        var running = context.timers().running();
        if (running.isEmpty()) {
            return Results.error("There is no timer running.");
        }
        var wanted = wanted(arguments);
        var picked = running.stream().filter(wanted).toList();
        if (picked.isEmpty()) {
            return Results.error("There is no such timer. Running: " + names(running) + ".");
        }
        if (picked.size() > 1 && !Results.flag(arguments, "all")) {
            return Results.error("There are " + picked.size() + " timers: " + names(picked)
                    + ". Tell me which one, or say all.");
        }
        return describe("cancelled", context.timers().cancel(picked::contains), context);
    }

    private static Predicate<Timers.Timer> wanted(ObjectNode arguments) {
        var label = Texts.keywords(Results.text(arguments, "label"));
        var seconds = number(Results.text(arguments, "seconds"));
        var id = Results.text(arguments, "id");
        return timer -> (label.isEmpty() || Texts.keywords(timer.label()).stream().anyMatch(label::contains))
                && (seconds == null
                        || seconds.compareTo(BigDecimal.valueOf(timer.length().toMillis(), 3)) == 0)
                && (id.isEmpty() || id.equals(String.valueOf(timer.id())));
    }

    private static String names(List<Timers.Timer> timers) {
        return timers.stream()
                .map(timer -> Spans.text(timer.length())
                        + (timer.label().isEmpty() ? "" : " for " + timer.label()))
                .collect(Collectors.joining(", "));
    }

    private static ObjectNode describe(String name, List<Timers.Timer> timers, ToolContext context) {
        var result = Results.object();
        var array = result.putArray(name);
        timers.forEach(timer -> array.add(describe(timer, context)));
        return result;
    }

    private static ObjectNode describe(Timers.Timer timer, ToolContext context) {
        long left = Duration.between(context.clock().instant(), timer.ends()).plusMillis(999).toSeconds();
        var result = Results.object()
                .put("id", timer.id())
                .put("seconds", seconds(timer.length()))
                .put("seconds_left", Math.max(0, left));
        return timer.label().isEmpty() ? result : result.put("label", timer.label());
    }

    private static BigDecimal seconds(Duration length) {
        return new BigDecimal(BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString());
    }

    private static @org.jspecify.annotations.Nullable BigDecimal number(String text) {
        return Numerals.parse(text).orElse(null);
    }
}
