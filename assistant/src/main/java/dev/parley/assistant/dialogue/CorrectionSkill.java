package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.DurationPhrases;
import dev.parley.assistant.dialogue.language.MatchedGroups;
import dev.parley.assistant.dialogue.language.UserUtterance;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Handles corrections of the last timer or conversion: "make it fifteen", "no, fifteen minutes", "I meant kilometers". */
final class CorrectionSkill implements Skill {
    private static final String LEAD = "(?:(?:no|sorry|wait|oh|well|and|okay|hm) )*";
    private static final String CHANGE = "(?:make (?:it|that|the timer)|change (?:it|that|the timer)(?: to)?|set it to|i (?:meant|mean|said|meant to say)|rather|not that)(?: for| to| at)?";
    private static final Pattern SPAN = Pattern
            .compile(LEAD + "(?:" + CHANGE + " |(?<=no )|(?<=sorry ))<d>(?: instead| rather| please| long)?");
    private static final Pattern NUMBER = Pattern.compile(LEAD + CHANGE
            + " (?<n>\\d{1,9}(?:\\.\\d{1,4})?)(?: (?<unit>[\\p{L}]+(?: per [\\p{L}]+)?))?(?: instead| rather| please)?");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        return switch (state.topic) {
            case TIMER -> timer(heard, state);
            case UNITS -> MatchedGroups.match(NUMBER, heard.text())
                    .filter(groups -> groups.get("unit").isEmpty()
                            || dev.parley.assistant.standard.Units.find(groups.get("unit")).isPresent())
                    .map(groups -> UnitSkill.ask(groups.get("n"),
                            groups.get("unit").isEmpty() ? state.unit : groups.get("unit"), state.target,
                            state));
            default -> Optional.empty();
        };
    }

    private static Optional<Move> timer(UserUtterance heard, DialogueState state) {
        if (state.timer.isEmpty()) {
            return Optional.empty();
        }
        var span = DurationPhrases.find(heard.text());
        if (span.isPresent()) {
            return SPAN.matcher(span.get().template()).matches()
                    ? Optional.of(TimerSkill.replace(span.get().seconds(), state))
                    : Optional.empty();
        }
        return MatchedGroups.match(NUMBER, heard.text())
                .filter(groups -> groups.get("unit").isEmpty())
                .map(groups -> TimerSkill.replace(new BigDecimal(groups.get("n"))
                        .multiply(BigDecimal.valueOf(unit(state.timerSeconds))), state));
    }

    /** Returns the length, in seconds, of the largest unit that divides a length: hour, minute or second. */
    private static long unit(long seconds) {
        return seconds % 3600 == 0 ? 3600 : seconds % 60 == 0 ? 60 : 1;
    }
}
