package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.DurationPhrases;
import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.standard.Units;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Handles corrections of the last timer, alarm or conversion: "make it fifteen", "no, fifteen minutes", "actually, I meant yards". */
final class CorrectionSkill implements Skill {
    private static final String LEAD = "(?:(?:no|sorry|wait|oh|well|and|okay|hm) )*";
    private static final String CHANGE = "(?:make (?:it|that|the timer)|change (?:it|that|the timer)(?: to)?|set it to|i (?:meant|mean|said|meant to say)|rather|not that)(?: for| to| at)?";
    /** Words that withdraw what was said before, with or without a verb. */
    private static final String WITHDRAWN = LEAD + "(?:(?:no|sorry|oh|i mean|i meant) )+" + LEAD;
    private static final String START = "(?:" + LEAD + CHANGE + " |" + WITHDRAWN + "(?:" + CHANGE + " )?)";
    private static final String END = "(?: instead| rather| please| long| i mean| i meant)*";
    private static final Pattern SPAN = Pattern.compile(START + "<d>" + END);
    private static final Pattern TIME = Pattern.compile(START + "(?:for |at |to )?(?<when>.{1,30}?)" + END);
    private static final Pattern SAID_ANEW = Pattern.compile("(?i)\\bactually\\b|\\bi mean(?:t)?\\b");
    private static final Pattern UNIT = Pattern
            .compile(START + "(?:in |into |to )?(?<unit>(?!i\\b)[\\p{L}]+(?: [\\p{L}]+){0,2}?)" + END);
    private static final Pattern NUMBER = Pattern.compile(START
            + "(?<n>\\d{1,9}(?:\\.\\d{1,4})?)(?: (?<unit>(?!i\\b)[\\p{L}]+(?: per [\\p{L}]+)?))?" + END);

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        // "Actually" is dropped as a filler, but it withdraws what was said before.
        var text = (SAID_ANEW.matcher(heard.raw()).find() ? "no " : "") + heard.text();
        if (text.endsWith("not that 1")) { // "not that one" is no number
            return Optional.empty();
        }
        return switch (state.topic) {
            case TIMER -> timer(text, state);
            case ALARM -> state.alarm.isEmpty() ? Optional.empty()
                    : MatchedGroups.match(TIME, text)
                            .flatMap(groups -> AlarmSkill.replace(groups.get("when"), state));
            case UNITS -> MatchedGroups.match(NUMBER, text)
                    .filter(groups -> groups.get("unit").isEmpty()
                            || Units.find(groups.get("unit")).isPresent())
                    .map(groups -> UnitSkill.ask(groups.get("n"),
                            groups.get("unit").isEmpty() ? state.unit : groups.get("unit"), state.target,
                            state))
                    .or(() -> MatchedGroups.match(UNIT, text)
                            .map(groups -> groups.get("unit"))
                            .filter(unit -> Units.find(unit).isPresent())
                            .map(unit -> UnitSkill.ask(state.amount, state.unit, unit, state)));
            default -> Optional.empty();
        };
    }

    private static Optional<Move> timer(String text, DialogueState state) {
        if (state.timer.isEmpty()) {
            return Optional.empty();
        }
        var span = DurationPhrases.find(text);
        if (span.isPresent()) {
            return SPAN.matcher(span.get().template()).matches()
                    ? Optional.of(TimerSkill.replace(span.get().seconds(), state))
                    : Optional.empty();
        }
        return MatchedGroups.match(NUMBER, text)
                .filter(groups -> groups.get("unit").isEmpty())
                .map(groups -> TimerSkill.replace(new BigDecimal(groups.get("n"))
                        .multiply(BigDecimal.valueOf(unit(state.timerSeconds))), state));
    }

    /** Returns the length, in seconds, of the largest unit that divides a length: hour, minute or second. */
    private static long unit(long seconds) {
        return seconds % 3600 == 0 ? 3600 : seconds % 60 == 0 ? 60 : 1;
    }
}
