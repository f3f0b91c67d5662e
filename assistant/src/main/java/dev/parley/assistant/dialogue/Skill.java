package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.UserUtterance;
import java.util.Optional;

/** Understands one kind of request. Stateless: the {@link DialogueState} holds everything between turns. */
interface Skill {

    /** Returns the move for the utterance, or nothing if it is no request of this kind. */
    Optional<Move> consider(UserUtterance heard, DialogueState state);
}
