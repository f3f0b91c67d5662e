package dev.parley.nova.event;

/** Thrown for bytes that are not an event of Nova Sonic. The message says what is wrong and holds nothing of the content. */
public final class MalformedEventException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedEventException(String message) {
        super(message);
    }
}
