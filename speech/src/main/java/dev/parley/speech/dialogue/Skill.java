package dev.parley.speech.dialogue;

import java.util.Optional;

/** One thing the assistant understands. Stateless: what must be kept between turns is in the {@link Memory}. */
interface Skill {

    /** What to do about the utterance, or empty when it is not this skill's business. */
    Optional<Move> consider(Utterance heard, Memory memory);
}
