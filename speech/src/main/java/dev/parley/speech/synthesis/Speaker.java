package dev.parley.speech.synthesis;

import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One voice. Thread-safe; how many sentences it speaks at a time is bounded, the others wait. */
public interface Speaker extends AutoCloseable {

    /** Short and lasting, for example {@code "slt"}. */
    String id();

    /** For people, in a voice picker. */
    String label();

    /**
     * Speaks one sentence of at most a few hundred characters. It is computed in milliseconds to tenths of a second, on the calling thread.
     * Empty once {@code unwanted} answers true, which is asked about every 20 ms of speech where the engine allows it.
     *
     * @throws dev.parley.speech.parts.SpeechException if the engine fails or stays busy for seconds
     */
    Optional<Sound> say(String sentence, BooleanSupplier unwanted);

    @Override
    void close();
}
