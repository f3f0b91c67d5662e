package dev.parley.cascade;

import dev.parley.speech.answer.Joining;
import dev.parley.speech.turn.Completeness;
import java.util.Optional;

/** A spoken question that may still go on. */
record Question(String text, boolean unfinished) {

    private static final int MAX_JOINED = 300;

    static Question of(String text) {
        return new Question(text, Completeness.of(text) == Completeness.UNFINISHED);
    }

    /** Returns the question together with its rest; empty if the rest begins something else. */
    Optional<String> with(String rest) {
        return Joining.canContinue(rest)
                ? Optional.of(Joining.join(text, rest)).filter(whole -> whole.length() <= MAX_JOINED)
                : Optional.empty();
    }
}
