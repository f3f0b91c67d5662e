package dev.parley.talk;

/** Thrown when a conversation fails. The message is for the user. */
final class TalkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TalkException(String message) {
        super(message);
    }
}
