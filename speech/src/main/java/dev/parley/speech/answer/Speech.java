package dev.parley.speech.answer;

import dev.parley.speech.turn.Floor;
import java.time.Instant;
import java.util.Optional;

/** The assistant's voice in one stream. Used by the stream's thread. Sentences are spoken one after the other; a held one waits. */
public interface Speech {

    /**
     * Says an answer, or its rest, after the current speech.
     *
     * @param speed factor of the normal speed, for this and later sentences
     */
    void say(String text, double speed, Instant now);

    /** Says a part of an answer whose rest follows later: whole sentences, or a clause. {@link #end} or {@link #interrupt} ends the answer. */
    void append(String text, double speed, Instant now);

    /** Ends an answer that was given by {@link #append}. */
    void end(Instant now);

    /** Returns whether an answer is being prepared, heard or held. */
    boolean going();

    /** Returns the assistant's side of the conversation, if {@link #going}. */
    Floor floor();

    /** Returns whether the answer is held. */
    boolean held();

    /** Returns whether the last answer was first heard before that time. */
    boolean began(Instant before);

    /** Returns the text of which no sound was sent. */
    String unsaid();

    void hold(Instant now);

    void release(Instant now);

    /** Stops speaking. If the user can have heard some of the answer, reports the interruption and the heard part. */
    void interrupt(Instant now);

    /** Performs the work that is due. */
    void tick(Instant now);

    /** Returns when {@link #tick} is due. */
    Optional<Instant> next(Instant now);
}
