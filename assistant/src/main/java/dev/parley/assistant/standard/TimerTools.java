package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The tools of the timers: set, list, cancel. */
final class TimerTools {
    private TimerTools() {}

    static Tool set() {
        return Tool.of("set_timer", "Starts a timer. When it ends, the assistant says so by itself.",
                ToolParameters.none()
                        .required("seconds", JsonType.NUMBER, "Length in seconds, 1 to 86400")
                        .optional("label", JsonType.STRING, "What the timer is for, for example: tea")
                        .optional("replaces", JsonType.INTEGER, "The id of a timer that this one replaces"),
                TimerTools::start);
    }

    static Tool alarm() {
        return Tool.of("set_alarm",
                "Sets an alarm for a time of day within the next 24 hours. When it is due, the assistant says so by itself.",
                ToolParameters.none()
                        .required("time", JsonType.STRING,
                                "When, for example 6:30 am; without am or pm the next one to come")
                        .optional("tomorrow", JsonType.BOOLEAN, "true if it must be tomorrow")
                        .optional("label", JsonType.STRING, "What the alarm is for")
                        .optional("replaces", JsonType.INTEGER, "The id of an alarm that this one replaces"),
                TimerTools::setAlarm);
    }

    static Tool list() {
        return Tool.of("list_timers", "Tells which timers are running and how much time each has left.",
                ToolParameters.none(),
                (arguments, context) -> describe("timers", UserTimers.of(context).running(), context));
    }

    static Tool cancel() {
        return Tool.of("cancel_timer",
                "Stops a timer before it ends. Without arguments it stops the only one running.",
                ToolParameters.none()
                        .optional("label", JsonType.STRING, "What the timer is for")
                        .optional("seconds", JsonType.NUMBER, "The length it was set to, in seconds")
                        .optional("id", JsonType.INTEGER, "The id from list_timers")
                        .optional("all", JsonType.BOOLEAN, "true stops every timer"),
                TimerTools::stop);
    }

    private static ObjectNode start(ObjectNode arguments, ToolContext context) {
        var seconds = number(ToolJson.text(arguments, "seconds"));
        if (seconds == null) {
            return ToolJson.error("Tell me how long the timer should run.");
        }
        if (seconds.compareTo(BigDecimal.ONE) < 0) {
            return ToolJson.error("A timer must run for at least one second.");
        }
        if (seconds.compareTo(BigDecimal.valueOf(UserTimers.MAX_LENGTH.toSeconds())) > 0) {
            return ToolJson.error("I can only time up to 24 hours.");
        }
        var length = Duration.ofMillis(seconds.movePointRight(3).longValue());
        cancelReplaced(arguments, context);
        return UserTimers.of(context)
                .set(length, ToolJson.text(arguments, "label"))
                .map(timer -> describe(timer, context))
                .orElseGet(() -> ToolJson.error("There are too many timers running. Cancel one first."));
    }

    private static ObjectNode setAlarm(ObjectNode arguments, ToolContext context) {
        var words = ToolJson.text(arguments, "time");
        var now = context.clock().instant().atZone(context.zone());
        var next = AlarmTime.next(words, now, ToolJson.flag(arguments, "tomorrow")).orElse(null);
        if (next == null) {
            return ToolJson.error("Tell me the time, for example 6:30 am.");
        }
        if (Duration.between(now, next).compareTo(UserTimers.MAX_ALARM) > 0) {
            return ToolJson.error("I can only set alarms within the next 24 hours.");
        }
        cancelReplaced(arguments, context);
        var at = AlarmTime.text(next.toLocalTime());
        return UserTimers.of(context)
                .set(Duration.between(now, next), ToolJson.text(arguments, "label"), at)
                .map(timer -> describe(timer, context).put("tomorrow",
                        next.toLocalDate().isAfter(now.toLocalDate())))
                .orElseGet(() -> ToolJson.error("There are too many timers running. Cancel one first."));
    }

    private static void cancelReplaced(ObjectNode arguments, ToolContext context) {
        var replaced = ToolJson.text(arguments, "replaces");
        if (!replaced.isEmpty()) {
            UserTimers.of(context).cancel(timer -> replaced.equals(String.valueOf(timer.id())));
        }
    }

    private static ObjectNode stop(ObjectNode arguments, ToolContext context) {
        var running = UserTimers.of(context).running();
        if (running.isEmpty()) {
            return ToolJson.error("There is no timer running.");
        }
        var wanted = wanted(arguments);
        var picked = running.stream().filter(wanted).toList();
        if (picked.isEmpty()) {
            return ToolJson.error("There is no such timer. Running: " + names(running) + ".");
        }
        if (picked.size() > 1 && !ToolJson.flag(arguments, "all")) {
            return ToolJson.error("There are " + picked.size() + " timers: " + names(picked)
                    + ". Tell me which one, or say all.");
        }
        return describe("cancelled", UserTimers.of(context).cancel(picked::contains), context);
    }

    private static Predicate<UserTimers.Timer> wanted(ObjectNode arguments) {
        var label = ArgumentText.keywords(ToolJson.text(arguments, "label"));
        var seconds = number(ToolJson.text(arguments, "seconds"));
        var id = ToolJson.text(arguments, "id");
        return timer -> (label.isEmpty()
                || ArgumentText.keywords(timer.label()).stream().anyMatch(label::contains))
                && (seconds == null
                        || seconds.compareTo(BigDecimal.valueOf(timer.length().toMillis(), 3)) == 0)
                && (id.isEmpty() || id.equals(String.valueOf(timer.id())));
    }

    private static String names(List<UserTimers.Timer> timers) {
        return timers.stream()
                .map(timer -> (timer.at().isEmpty() ? DurationText.text(timer.length()) : timer.at())
                        + (timer.label().isEmpty() ? "" : " for " + timer.label()))
                .collect(Collectors.joining(", "));
    }

    private static ObjectNode describe(String name, List<UserTimers.Timer> timers, ToolContext context) {
        var result = ToolJson.object();
        var array = result.putArray(name);
        timers.forEach(timer -> array.add(describe(timer, context)));
        return result;
    }

    private static ObjectNode describe(UserTimers.Timer timer, ToolContext context) {
        long left = Duration.between(context.clock().instant(), timer.ends()).plusMillis(999).toSeconds();
        var result = ToolJson.object()
                .put("id", timer.id())
                .put("seconds", seconds(timer.length()))
                .put("seconds_left", Math.max(0, left));
        if (!timer.at().isEmpty()) {
            result.put("at", timer.at());
        }
        return timer.label().isEmpty() ? result : result.put("label", timer.label());
    }

    private static BigDecimal seconds(Duration length) {
        return new BigDecimal(BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString());
    }

    private static @org.jspecify.annotations.Nullable BigDecimal number(String text) {
        return Numerals.parse(text).orElse(null);
    }
}
