package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.DurationPhrases;
import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Handles timers and reminders: set, list, cancel. */
final class TimerSkill implements Skill {
    private static final String SET = "(?:(?:set|start|make|create|begin|put on|put|run|need|i need|i want|i would like|would like|want|add|have|do|get|use|schedule|said|setup)"
            + "(?: up| me| us| off)* )?(?:a |an |the |another |my |1 |new )*";
    private static final String KIND = "(?:timers?|alarms?|countdown|count down|reminder|time er|stop ?watch)";
    private static final String LABEL = "(?<label>(?!<d>)[\\p{L}\\d]+(?: (?!<d>)[\\p{L}\\d]+){0,9})";
    private static final String LABELLED = "(?: (?:for|called|named|labeled|labelled|to|until|about|as|with the name) (?:the |my |a )?"
            + LABEL + ")?";
    private static final List<Pattern> STARTS = patterns(
            SET + KIND + "(?: for| of| to| at| with| in| from| that lasts| lasting)?(?: the next| about)? <d>"
                    + LABELLED,
            SET + "<d>(?: long)? " + KIND + LABELLED,
            SET + "<d> (?<label>(?!(?:to|from|on|off|onto|into) )[\\p{L}]+(?: [\\p{L}]+)?) " + KIND,
            SET + "(?<label>[\\p{L}]+(?: [\\p{L}]+)?) " + KIND + " (?:for|of|to|at) <d>",
            SET + KIND + " (?:for|called|named|to|labeled|labelled) (?:the |my |a )?" + LABEL
                    + " (?:for|of|in|at) <d>",
            "(?:count ?down|count down|timer|alarm|time)(?: from| for| of)? <d>(?: for me)?",
            "(?:start )?counting down(?: from)? <d>");
    private static final List<Pattern> REMINDERS = patterns(
            "(?:remind|alert|notify|warn|call|ping|nudge|beep) me (?:in|after|for) <d>(?: (?:to|about|that|of) "
                    + LABEL + ")?",
            "remind me (?:to|about|of|that) " + LABEL + " (?:in|after) <d>",
            "(?:in|after) <d> (?:remind me|tell me|let me know|alert me)(?: (?:to|about|that) " + LABEL
                    + ")?",
            "wake me(?: up)? (?:in|after) <d>",
            "(?:let me know|tell me|alert me|notify me|say something|speak up) (?:in|after) <d>",
            "(?:let me know |tell me |alert me |say when )?(?:when|once|after) <d> (?:is|are|have|has)(?: up| over| passed| gone by| gone| elapsed| done)");
    private static final Pattern NO_LENGTH = Pattern.compile(
            "(?:set|start|make|create|begin|put on|need|i need|i want|i would like|add|get|use)(?: up| me| us)* (?:a |an |the |another |my |new )*"
                    + "(?:(?<label>[\\p{L}]+(?: [\\p{L}]+)?) )?(?:timer|alarm|countdown|reminder)"
                    + LABELLED.replace("label>", "second>"));
    private static final Pattern REMIND = Pattern
            .compile("remind me(?: (?:to|about|of|that) (?<label>.{1,80}))?");
    private static final Pattern LIST = Pattern.compile(
            "how (?:much (?:more )?time|much longer|long)(?: is| do i have| have i got| does it have| until)?(?: there)?(?: still)?(?: left| remaining| remains)?(?: to go)?"
                    + "(?: (?:on|in|for|of|until|before|till)(?: the| my| that| all)*(?: [\\p{L}]+){0,2}? timers?(?: ends| is done| goes off| is up| rings)?)?"
                    + "|(?:list|show|check|read|what are|which are|what|which|how many|are there|are|is there|is|any|do i have|have i|have i got|see|what is the status of|status of|how is)(?: (?:the|my|all|me|of|any|a|other|status|on|many))*"
                    + " (?:[\\p{L}]+ )??timers?(?: (?:do i have|are|is|running|set|active|there|still|left|right now|now|going|on|doing|have i|i have|got|are there|status))*"
                    + "|how long (?:does|do|is|has|have) (?:my|the)(?: [\\p{L}]+)? timers? (?:have left|have|got left|left|got)|what is left on (?:the|my)(?: [\\p{L}]+)? timer|when (?:does|will|is) (?:the|my)(?: [\\p{L}]+)? timer (?:end|ends|ring|go off|be done|done|finish|over|up)");
    private static final Pattern NO_LIST = Pattern.compile(
            "how (?:much time|long|much more time|much longer)(?: is| is there| do i have| have i got| until| does it have)?|what (?:is )?(?:a |the )?timers?|how long is the timer.*|(?:is|are|what|which|how is) timers?");
    private static final Pattern CANCEL = Pattern.compile(
            "(?:cancel|stop|delete|remove|clear|end|kill|turn off|switch off|shut off|abort|get rid of|dismiss|drop|scrap|forget)"
                    + "(?<all> all| every| both| each)?(?: of)?(?: the| my| that| this| those| these| running| current)*(?: (?<label>(?!<d>)[\\p{L}]+(?: [\\p{L}]+)?))??(?: <d>)? (?:timers?|alarms?|countdowns?|count down|reminders?)"
                    + "(?: (?:for|called|named|of)(?: the| my)? (?:<d>|(?<second>[\\p{L}]+(?: [\\p{L}]+)?)))?(?: off)?|(?:turn|switch|shut) (?:the|my|that) timer off");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        for (var text : List.of(heard.core(), heard.text())) {
            var span = DurationPhrases.find(text);
            var template = span.map(DurationPhrases.Found::template).orElse(text);
            var cancel = MatchedGroups.match(CANCEL, template);
            if (cancel.isPresent()) {
                return Optional.of(cancel(cancel.get(), span, text));
            }
            if (span.isPresent()) {
                var start = start(span.get(), state);
                if (start.isPresent()) {
                    return start;
                }
            } else if (MatchedGroups.match(LIST, text).isPresent() && !NO_LIST.matcher(text).matches()) {
                return Optional
                        .of(new Move.Ask("list_timers", Move.arguments(), "set timers", TimerSkill::listed));
            }
        }
        return withoutLength(heard.core(), state);
    }

    private static Optional<Move> start(DurationPhrases.Found span, DialogueState state) {
        var reminder = MatchedGroups.matchAny(REMINDERS, span.template());
        if (reminder.isPresent()) {
            return Optional.of(set(span.seconds(), reminder.get().get("label"), true, state));
        }
        var start = MatchedGroups.matchAny(STARTS, span.template());
        if (start.isPresent()) {
            return Optional.of(set(span.seconds(), start.get().get("label"), false, state));
        }
        boolean answer = state.awaited == DialogueState.Expecting.TIMER_LENGTH && span.template()
                .matches(
                        "(?:(?:for|in|make it|maybe|about|i think|say|let us say|after|it is) )*<d>(?: timer| long| from now)?");
        return answer ? Optional.of(set(span.seconds(), state.label, false, state)) : Optional.empty();
    }

    private static Optional<Move> withoutLength(String core, DialogueState state) {
        var groups = MatchedGroups.match(NO_LENGTH, core).or(() -> MatchedGroups.match(REMIND, core));
        if (groups.isEmpty() || DurationPhrases.find(core).isPresent()) {
            return Optional.empty();
        }
        state.expecting = DialogueState.Expecting.TIMER_LENGTH;
        state.label = groups.get().first("label", "second");
        return Optional.of(new Move.Tell("For how long?"));
    }

    /** Returns the move that sets the last timer to another length. */
    static Move replace(BigDecimal seconds, DialogueState state) {
        return set(Move.arguments().put("replaces", Integer.parseInt(state.timer)), seconds, state.label,
                false, state);
    }

    private static Move set(BigDecimal seconds, String label, boolean reminder, DialogueState state) {
        // If this one fails, a correction must not replace an earlier timer.
        state.timer = "";
        return set(Move.arguments(), seconds, label, reminder, state);
    }

    private static Move set(ObjectNode arguments, BigDecimal seconds, String label, boolean reminder,
            DialogueState state) {
        state.topic = DialogueState.Topic.TIMER;
        state.label = label;
        arguments.put("seconds", new BigDecimal(seconds.toPlainString()));
        if (!label.isEmpty()) {
            arguments.put("label", label);
        }
        return new Move.Ask("set_timer", arguments, "set timers", result -> {
            state.timer = String.valueOf(result.path("id").asInt(0));
            state.timerSeconds = result.path("seconds").asLong(0);
            var span = WrittenForms.span(Math.max(1, result.path("seconds").asLong(0)));
            if (reminder) {
                return "Okay. I will remind you in " + span + (label.isEmpty() ? "." : ": " + label + ".");
            }
            return label.isEmpty() ? "Okay. " + WrittenForms.sentence(span) + ", starting now."
                    : "Okay. " + WrittenForms.sentence(span) + " for " + label + ", starting now.";
        });
    }

    private static Move cancel(MatchedGroups groups, Optional<DurationPhrases.Found> span, String text) {
        var arguments = Move.arguments();
        var label = groups.first("label", "second");
        if (!groups.get("all").isEmpty() || text.matches(".*\\b(?:timers|alarms|reminders)\\b.*")) {
            arguments.put("all", true);
        } else if (!label.isEmpty()) {
            arguments.put("label", label);
        }
        span.ifPresent(found -> arguments.put("seconds", new BigDecimal(found.seconds().toPlainString())));
        return new Move.Ask("cancel_timer", arguments, "set timers", result -> {
            int count = result.path("cancelled").size();
            return count == 1 ? "Okay. The timer is cancelled."
                    : "Okay. All " + count + " timers are cancelled.";
        });
    }

    private static String listed(JsonNode result) {
        var timers = result.path("timers");
        if (timers.isEmpty()) {
            return "There is no timer running.";
        }
        var parts = new ArrayList<String>();
        timers.values()
                .stream()
                .limit(5)
                .forEach(
                        timer -> parts
                                .add(WrittenForms.span(timer.path("seconds_left").asLong(0)) + " left"
                                        + (timer.has("at")
                                                ? " until the alarm at " + timer.path("at").asString("")
                                                : timer.path("label").asString("").isEmpty()
                                                        ? timers.size() > 1
                                                                ? " on the timer for " + WrittenForms
                                                                        .span(timer.path("seconds").asLong(0))
                                                                : ""
                                                        : " for " + timer.path("label").asString(""))));
        var more = timers.size() > 5 ? " There are more." : "";
        return timers.size() == 1 ? "There is one timer, with " + parts.getFirst() + "."
                : "There are " + timers.size() + " timers: " + WrittenForms.list(parts) + "." + more;
    }

    private static List<Pattern> patterns(String... texts) {
        return List.of(texts).stream().map(Pattern::compile).toList();
    }
}
