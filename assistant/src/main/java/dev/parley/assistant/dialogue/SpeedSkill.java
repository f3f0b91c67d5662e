package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.UserUtterance;
import java.util.Optional;
import java.util.regex.Pattern;

/** Handles the speed of speech: "slower", "speak faster", "normal speed". Slower speech begins with the last answer, once more. */
final class SpeedSkill implements Skill {
    /** Speeds in percent of the normal one. */
    static final int NORMAL = 100;
    static final int SLOWEST = 70;
    static final int FASTEST = 130;
    private static final int STEP = 15;

    private static final String BIT = "(?:(?:just )?(?:a|1) (?:little )?bit |a little |much |even |still |way |far |some |somewhat |slightly |more )*";
    private static final String LEAD = "(?:no |sorry |wait |oh |but |that is |that was |you are |you are (?:speaking|talking|going) |you (?:speak|talk|go|spoke|talked) |(?:please )?(?:speak|talk|go|read|answer|say (?:it|that|this)|repeat (?:it|that|this)|try|read (?:it|that))(?: to me)? |(?:again|once more) )*";
    private static final String TAIL = "(?: (?:please|again|once more|1 more time|this time|from now on|next time|now|to me|for me|when you (?:speak|talk|answer)|i (?:can not|could not|did not) (?:follow|understand|keep up|hear|catch) ?(?:you|that|it)?))*";
    private static final Pattern SLOWER = Pattern.compile(LEAD + "(?:" + BIT
            + "(?:slower|slowly|slow)|slow (?:it |that )?down(?: a (?:little )?bit| a little)?|(?:much |way |far |a bit |a little )?too (?:fast|quick|quickly)(?: for me)?|not (?:so|that|too) (?:fast|quick|quickly)|(?:less|reduce(?: the| your)?|lower(?: the| your)?|decrease(?: the| your)?) (?:fast|quickly|speed|pace))"
            + TAIL);
    private static final Pattern FASTER = Pattern.compile(LEAD + "(?:" + BIT
            + "(?:faster|quicker|quickly|fast)|speed (?:it |that )?up(?: a (?:little )?bit| a little)?|(?:much |way |far |a bit |a little )?too slow(?:ly)?(?: for me)?|not (?:so|that|too) slow(?:ly)?|hurry up|(?:increase|raise)(?: the| your)? (?:speed|pace))"
            + TAIL);
    private static final Pattern USUAL = Pattern.compile(LEAD
            + "(?:(?:back to |go back to |return to |use |at |in |with |set |reset )*(?:your |the |a )?(?:normal|usual|regular|original|default|standard) (?:speed|pace|rate|tempo|voice speed)|normally|reset (?:the |your )?(?:speed|pace)|(?:as fast )?as (?:before|usual))"
            + TAIL);
    /** Praise, or a question about the assistant, that only looks like a wish. */
    private static final Pattern REMARK = Pattern.compile(
            "(?:that was|that is|you are|you were) (?:(?:so|very|really|quite|pretty) )?(?:fast|quick|slow|quickly|slowly)|fast|quick|slow|quickly|as (?:before|usual)");

    /** The begin of a complaint: after "you are" only with a word such as "a bit" or "too", since "you are fast" is praise. */
    private static final String COMPLAINT = "(?:no |sorry |wait |oh |but |hey |well )*(?:(?:that is|that was|you are|you were) (?:(?:just|still|really|even) )*(?:(?:a|1|little|bit|much|way|far|some|somewhat|slightly|rather|kind of|too) )+"
            + "|(?:(?:you are|you were|why are you) (?:speaking|talking|going|reading)|(?:you|why do you) (?:speak|talk|go|read|spoke|talked)|(?:do )?not (?:speak|talk|go|read))(?: to me)?"
            + " (?:(?:just|a|1|little|bit|much|way|far|still|some|somewhat|slightly|too|very|so|that|this|really|quite|pretty|rather|kind of) )*)";
    private static final Pattern TOO_FAST = Pattern.compile(COMPLAINT + "(?:fast|quick|quickly)" + TAIL);
    private static final Pattern TOO_SLOW = Pattern.compile(COMPLAINT + "(?:slow|slowly)" + TAIL);

    @Override
    public Optional<Move> consider(UserUtterance heard, DialogueState state) {
        var core = heard.core();
        if (REMARK.matcher(core).matches()) {
            return Optional.empty();
        }
        if (TOO_FAST.matcher(core).matches()) {
            return Optional.of(slower(state));
        }
        if (TOO_SLOW.matcher(core).matches()) {
            return Optional.of(faster(state));
        }
        return SLOWER.matcher(core).matches() ? Optional.of(slower(state))
                : FASTER.matcher(core).matches() ? Optional.of(faster(state))
                        : USUAL.matcher(core).matches() ? Optional.of(usual(state)) : Optional.empty();
    }

    private static Move slower(DialogueState state) {
        if (state.speed == SLOWEST) {
            return aside("This is as slow as I can speak.", state);
        }
        state.speed = Math.max(SLOWEST, state.speed - STEP);
        return aside(state.lastSaid.isEmpty() ? "Okay, I will speak slower." : state.lastSaid, state);
    }

    private static Move faster(DialogueState state) {
        if (state.speed == FASTEST) {
            return aside("This is as fast as I can speak.", state);
        }
        state.speed = Math.min(FASTEST, state.speed + STEP);
        return aside("Okay, I will speak faster.", state);
    }

    private static Move usual(DialogueState state) {
        state.speed = NORMAL;
        return aside("Okay, back to my normal speed.", state);
    }

    private static Move aside(String text, DialogueState state) {
        state.aside = true;
        state.expecting = state.awaited;
        return new Move.Tell(text);
    }
}
