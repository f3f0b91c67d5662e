package dev.parley.server;

/** Thrown when an event sent with {@link Socket#call} is not acknowledged. The event may have reached the client. */
public final class NoReplyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Creates an exception with the text of its reason as message. */
    public NoReplyException(Reason reason) {
        super(reason.text);
        this.reason = reason;
    }

    /** Why there is no acknowledgement. */
    public Reason reason() {
        return reason;
    }

    /** Why there is no acknowledgement. */
    public enum Reason {
        /** The client did not acknowledge in time. */
        TIMEOUT("the client did not answer in time"),
        /** The client left before it acknowledged, or had left before the event was sent. */
        LEFT("the client has left"),
        /** The client already owes {@code maxPendingAcks} acknowledgements, so the event was not sent. */
        TOO_MANY("too many answers are awaited from this client"),
        /** The waiting thread was interrupted; its interrupt flag is set. */
        INTERRUPTED("the waiting thread was interrupted");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
