package dev.parley.bench.driver;

import org.jspecify.annotations.Nullable;

/** A measurement could not be taken. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
