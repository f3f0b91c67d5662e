package dev.parley.server;

/** Thrown when an event or acknowledgement could not be sent while the client's send queue was full. No part of it was sent. */
public final class NotSentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why it was not sent. */
    public enum Reason {
        /** The send queue stayed full for {@code sendTimeout}. The session is closed with the reason {@code send queue full}. */
        TIMEOUT("there was no room for it within sendTimeout, so the session was closed"),
        /** The thread was interrupted while it waited for room. The session stays open; the thread's interrupt flag is set. */
        INTERRUPTED("the thread was interrupted while it waited for room");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Reason reason;

    /** Creates an exception whose message names the reason. */
    public NotSentException(Reason reason) {
        super("the event was not sent: " + reason.text);
        this.reason = reason;
    }

    /** Why it was not sent. */
    public Reason reason() {
        return reason;
    }
}
