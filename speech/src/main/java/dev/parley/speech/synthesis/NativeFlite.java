package dev.parley.speech.synthesis;

import java.util.Optional;

/** Finds the voices of an installed libflite. They need Java 22 or newer, so this class, used on Java 21, finds none. */
final class NativeFlite {

    private NativeFlite() {}

    static Optional<Speaker> find(String name) {
        return Optional.empty();
    }
}
