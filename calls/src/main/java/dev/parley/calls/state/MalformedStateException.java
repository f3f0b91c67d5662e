package dev.parley.calls.state;

/** Bytes are no state of a call that this version understands. The message contains nothing of them. */
public final class MalformedStateException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedStateException(String message) {
        super(message);
    }
}
