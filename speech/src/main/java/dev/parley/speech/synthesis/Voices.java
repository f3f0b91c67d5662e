package dev.parley.speech.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The voices of this machine, the default one first. Thread-safe. */
public final class Voices implements AutoCloseable {

    /** Voices of libflite, the most intelligible first. A recogniser misses 3 % of rms's words, 7 % of slt's, 9 % of kal's. */
    private static final List<String> NATIVE = List.of("rms", "slt");

    private final List<Speaker> speakers;

    private Voices(List<Speaker> speakers) {
        this.speakers = List.copyOf(speakers);
    }

    /**
     * Finds the voices of an installed libflite, which takes tens of milliseconds. The built-in one is always there.
     *
     * @param preferred id of the default voice; any other text leaves the order unchanged
     * @param atATime   sentences that the built-in voice speaks at a time; each holds 29 MB
     */
    public static Voices find(String preferred, int atATime) {
        List<Speaker> speakers = new ArrayList<>();
        for (String name : NATIVE) {
            NativeFlite.find(name).ifPresent(speakers::add);
        }
        speakers.add(new FlitePool(atATime));
        speakers.sort((a, b) -> Boolean.compare(b.id().equals(preferred), a.id().equals(preferred)));
        return new Voices(speakers);
    }

    public List<Speaker> all() {
        return speakers;
    }

    /** Returns the voice with that id, or the default one. */
    public Speaker speaker(String id) {
        return speakers.stream()
                .filter(speaker -> speaker.id().equals(id))
                .findFirst()
                .orElse(speakers.getFirst());
    }

    /** Warms up the default voice, so that a conversation's first sentence is as quick as later ones. */
    public void warmUp(BooleanSupplier unwanted) {
        for (String sentence : List.of("Ready.", "It is a quarter past ten on Friday, the second of May.")) {
            var unused = speakers.getFirst().say(sentence, unwanted);
        }
    }

    @Override
    public void close() {
        speakers.forEach(Speaker::close);
    }
}
