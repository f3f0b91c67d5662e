package dev.parley.app;

/** Thrown if Parley cannot start or continue. The message is one sentence for the operator. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StartException(String message) {
        super(message);
    }
}
