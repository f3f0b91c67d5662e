package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.UserUtterance;
import dev.parley.assistant.dialogue.language.WrittenForms;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Handles emergencies: "my mouth won't stop bleeding". Refers the user to the emergency service first, and offers the free times of today if
 * there is a calendar.
 */
final class EmergencySkill implements Skill {
    private static final String FIRST = "If you cannot breathe well or it does not stop bleeding, call the emergency service now. ";
    private static final Pattern URGENT = Pattern.compile(
            "(?!.*\\b(?:cleaning|not an emergency|no emergency)\\b).*\\b(?:bleeding|bleeds|swollen|swelling|emergency|(?:can not|cannot) breathe"
                    + "|(?:severe|strong|terrible|unbearable|awful|extreme|horrible) (?:pains?|tooth ?ache)|a lot of pain"
                    + "|hurts? (?:badly|terribly|so much|so bad|a lot|really bad)|knocked out|(?:broke|broken|cracked|chipped|lost) (?:my|a|his|her) (?:front )?tooth)\\b.*");

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        if (!URGENT.matcher(heard.text()).matches()) {
            return Optional.empty();
        }
        state.appointment.clear();
        state.appointment.day = "today";
        var ask = new Move.Ask("list_free_slots", Move.arguments().put("day", "today"), "", result -> {
            var first = result.path("free").path(0).asString("");
            if (first.isEmpty()) {
                return FIRST
                        + "There is no appointment left today; with strong pain or swelling, come in all the same.";
            }
            state.expecting = DialogueState.Expecting.APPOINTMENT;
            return FIRST + "Otherwise come in today: the next free time is "
                    + WrittenForms.time(LocalTime.parse(first)) + ". What time suits you?";
        });
        return Optional.of(new Move.Prefer(ask,
                "I cannot help with that here. If it may be an emergency, call the emergency service now."));
    }
}
