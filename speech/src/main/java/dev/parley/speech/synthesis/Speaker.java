package dev.parley.speech.synthesis;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A voice. Thread-safe; the number of sentences that it speaks at a time is bounded, the others wait. */
public interface Speaker extends AutoCloseable {

    /** Returns a short, permanent id, for example {@code "slt"}. */
    String id();

    /** Returns the label in a voice picker. */
    String label();

    /** Speaks a sentence at normal speed. */
    default Optional<Sound> say(String sentence, BooleanSupplier unwanted) {
        return say(sentence, 1, unwanted);
    }

    /**
     * Speaks one sentence of at most a few hundred characters. This takes milliseconds to tenths of a second, on the calling thread.
     * Returns empty once {@code unwanted} returns true, which is called about every 20 ms of speech where the engine allows it.
     *
     * @param speed factor of the normal speed, 0.5 to 2: the sound of 0.5 is twice as long
     * @throws dev.parley.speech.parts.SpeechException if the engine fails or stays busy for seconds
     */
    Optional<Sound> say(String sentence, double speed, BooleanSupplier unwanted);

    @Override
    void close();
}
