package dev.parley.speech;

import dev.parley.speech.synthesis.Sound;
import dev.parley.speech.synthesis.Speaker;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A voice that takes 10 ms for each character at normal speed, and records what it spoke. */
record SteadyVoice(List<String> spoken) implements Speaker {

    @Override
    public String id() {
        return "test";
    }

    @Override
    public String label() {
        return "Test";
    }

    @Override
    public Optional<Sound> say(String sentence, double speed, BooleanSupplier unwanted) {
        spoken.add(sentence);
        return Optional.of(new Sound(Speaking.RATE,
                new short[(int) (sentence.length() * (Speaking.RATE / 100) / speed)]));
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
