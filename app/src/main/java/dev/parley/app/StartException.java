package dev.parley.app;

/** Parley cannot start or go on. The message is one sentence for the person who started it. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StartException(String message) {
        super(message);
    }
}
