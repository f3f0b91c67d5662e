package dev.parley.server;

/** A question to a client stays without an answer. */
public final class NoReplyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    NoReplyException(Reason reason) {
        super(reason.text);
        this.reason = reason;
    }

    /** Why there is none. */
    public Reason reason() {
        return reason;
    }

    /** Why it stays without one. */
    public enum Reason {
        /** The client did not answer in time. */
        TIMEOUT("the client did not answer in time"),
        /** The client left before it answered, or had left before it was asked. */
        LEFT("the client has left"),
        /** As many answers are awaited from the client as may be: {@code maxPendingAcks}. */
        TOO_MANY("too many answers are awaited from this client"),
        /** The waiting thread was interrupted. */
        INTERRUPTED("the waiting thread was interrupted");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
