package dev.parley.speech.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The voices of this machine, the default one first. Thread-safe. */
public final class Voices implements AutoCloseable {

    /** Most intelligible first: rms loses 3 % of its words to a recogniser, slt 7 %, kal 9 %. */
    private static final List<String> NATIVE = List.of("rms", "slt");

    private final List<Speaker> speakers;

    private Voices(List<Speaker> speakers) {
        this.speakers = List.copyOf(speakers);
    }

    /**
     * Looks for the voices of an installed libflite, which takes tens of milliseconds; the built-in one is always there.
     *
     * @param preferred the id of the voice that shall be the default; any other text leaves the order as it is
     * @param atATime   how many sentences the built-in voice speaks at a time; each holds 29 MB
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

    /** The voice of that id, or the default one. */
    public Speaker speaker(String id) {
        return speakers.stream()
                .filter(speaker -> speaker.id().equals(id))
                .findFirst()
                .orElse(speakers.getFirst());
    }

    /** Makes the first sentence of a conversation as quick as the later ones, for the default voice. */
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
