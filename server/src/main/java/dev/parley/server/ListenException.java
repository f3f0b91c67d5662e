package dev.parley.server;

/** A server cannot listen. The message is one or two sentences for the person who started it; they name the port or the address. */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why a server cannot listen. */
    public enum Reason {
        /** Another program, or another server of this one, listens on the port. */
        PORT_IN_USE,
        /** The operating system keeps the port for privileged users. */
        PERMISSION_DENIED,
        /** The host is unknown, or its address belongs to another machine. */
        UNKNOWN_ADDRESS,
        /** Something else, which the message tells. */
        OTHER
    }

    /** One for a reason. */
    public ListenException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it cannot listen. */
    public Reason reason() {
        return reason;
    }
}
