package dev.parley.talk;

/** The conversation failed. The message is one sentence for the person who started it. */
final class TalkFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    TalkFailure(String message) {
        super(message);
    }
}
