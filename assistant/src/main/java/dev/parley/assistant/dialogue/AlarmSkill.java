package dev.parley.assistant.dialogue;

import dev.parley.assistant.appointment.DateTimeParser;
import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Handles alarms at a time of day: "wake me at seven", "set an alarm for 6:30 am", "remind me at three to call mum". */
final class AlarmSkill implements Skill {
    private static final String TO = " (?:to|about|that|of) (?<label>.{1,80})";
    private static final String SET = "(?:(?:set|make|put on|start|create|need|i need|i want|i would like|add|get)(?: up| me)? )?(?:a |an |the |my |another |new )*";
    private static final List<Pattern> ALARMS = patterns(
            SET + "(?:alarm|alarm clock|wake up call) (?:for|at|to)(?: go off at| ring at)? (?<when>.{1,40})",
            "wake me(?: up)?(?<day> tomorrow(?: morning)?| today)? (?:at|by) (?<when>.{1,40})",
            "remind me(?<day> tomorrow| today)? at (?<when>.{1,30}?)" + TO,
            "remind me" + TO + "(?<day> tomorrow| today)? at (?<when>.{1,30})");
    /** A timer is an alarm only if its time is clearly a time of day: "a timer for ten" may lack its unit. */
    private static final Pattern TIMER = Pattern.compile(SET
            + "(?:timer|reminder) (?:for|at|to) (?<when>.{1,30}(?:am|pm|oclock|noon|midnight|in the (?:morning|afternoon|evening))|\\d{1,2}:\\d\\d)");
    private static final Pattern WAKE = Pattern
            .compile("wake me(?: up)?(?: please| tomorrow| tomorrow morning)?");
    private static final Pattern ALARM = Pattern
            .compile(SET + "(?:alarm|alarm clock|wake up call)(?: please)?");
    private static final Pattern DAYS = Pattern.compile(
            "\\b(?:tomorrow(?: morning| afternoon| evening| night)?|today|tonight|this (?:morning|afternoon|evening))\\b");

    private static final Pattern HALF = Pattern
            .compile(".*\\b(?:morning|afternoon|evening|night|tonight|am|pm|noon|midday|midnight)\\b.*");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var core = heard.core();
        var found = MatchedGroups.matchAny(ALARMS, core).or(() -> MatchedGroups.match(TIMER, core));
        if (found.isPresent()) {
            var groups = found.get();
            return set(groups.get("when") + " " + groups.get("day"), groups.get("label"),
                    core.startsWith("wake"), "", state);
        }
        if (WAKE.matcher(core).matches() || ALARM.matcher(core).matches()) {
            state.expecting = DialogueState.Expecting.ALARM_TIME;
            return Optional.of(new Move.Need("set_alarm", "set alarms", "For what time?"));
        }
        return state.awaited == DialogueState.Expecting.ALARM_TIME
                ? set(core.replaceFirst("^(?:for|at|make it|about) ", ""), "", true, "", state)
                : Optional.empty();
    }

    /**
     * Returns the move that sets the last alarm to another time, if this is a time. Without a half of the day it is in the same half as before.
     */
    static Optional<Move> replace(String when, DialogueState state) {
        boolean tonight = state.alarmPm && !HALF.matcher(when).matches();
        return set(tonight ? when + " tonight" : when, state.alarmLabel, !state.alarmPm, state.alarm, state);
    }

    private static Optional<Move> set(String when, String label, boolean wake, String replaced,
            DialogueState state) {
        var time = DAYS.matcher(when)
                .replaceAll(" ")
                .replaceAll(" +", " ")
                .strip()
                .replaceFirst("^(?:for|at) ", "")
                .replaceFirst(" at$", "");
        if (DateTimeParser.time(time).isEmpty()) {
            return Optional.empty();
        }
        boolean hour = time.matches(
                "(?:[1-9]|1[0-2])(?:[: ]?[0-5]\\d)?(?: oclock)?|(?:half past|a? ?quarter (?:past|to)) \\d{1,2}");
        boolean evening = when.matches(".*(?:evening|night|afternoon).*");
        boolean morning = when.contains("morning") || (wake && !evening);
        var arguments = Move.arguments()
                .put("time", hour && evening ? time + " pm" : hour && morning ? time + " am" : time);
        if (when.contains("tomorrow")) {
            arguments.put("tomorrow", true);
        }
        if (!label.isEmpty()) {
            arguments.put("label", label);
        }
        if (!replaced.isEmpty()) {
            arguments.put("replaces", Integer.parseInt(replaced));
        } else {
            // If this one fails, a correction must not replace an earlier alarm.
            state.alarm = "";
        }
        state.topic = DialogueState.Topic.ALARM;
        return Optional.of(new Move.Ask("set_alarm", arguments, "set alarms", result -> {
            state.alarm = String.valueOf(result.path("id").asInt(0));
            state.alarmPm = result.path("at").asString("").endsWith("pm");
            state.alarmLabel = label;
            var at = result.path("at").asString("that time")
                    + (result.path("tomorrow").asBoolean(false) ? " tomorrow" : "");
            return label.isEmpty() ? "Okay. The alarm is set for " + at + "."
                    : "Okay. I will remind you at " + at + ": " + label + ".";
        }));
    }

    private static List<Pattern> patterns(String... texts) {
        return List.of(texts).stream().map(Pattern::compile).toList();
    }
}
