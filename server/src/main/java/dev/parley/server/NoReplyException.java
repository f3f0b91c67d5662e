package dev.parley.server;

/** A question to a client stays without an answer. */
public final class NoReplyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    NoReplyException(Reason reason) {
        super(reason.text);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why it stays without one. */
    public enum Reason {
        TIMEOUT("the client did not answer in time"),
        LEFT("the client has left"),
        TOO_MANY("too many answers are awaited from this client"),
        INTERRUPTED("the waiting thread was interrupted");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
