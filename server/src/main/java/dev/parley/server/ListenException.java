package dev.parley.server;

/** Thrown when a server cannot listen. The message is one or two sentences for the person who started it, and names the port or address. */
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

    /** An exception with its reason and its message. */
    public ListenException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns why the server cannot listen. */
    public Reason reason() {
        return reason;
    }
}
