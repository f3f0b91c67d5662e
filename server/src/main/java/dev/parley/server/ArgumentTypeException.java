package dev.parley.server;

/**
 * An argument of an event or reply, or the auth object of a client, has another type than the application reads. The client is at fault,
 * so that the server logs it as a warning without stack trace, once a minute for each kind, when a handler throws it. The message names
 * the place, the field and the expected type, and never the content, which may be private.
 */
public final class ArgumentTypeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String path;
    private final String expected;

    /**
     * Creates an exception.
     *
     * @param message names the place, the field and the expected type, and not the content
     * @param path    of the field within the argument; empty for the argument itself
     */
    public ArgumentTypeException(String message, String path, String expected) {
        super(message);
        this.path = path;
        this.expected = expected;
    }

    /**
     * The field within the argument, as {@code moves[2].x}; empty for the argument itself. A {@code *} stands for a name that the client
     * chose, as for the key of a map.
     */
    public String path() {
        return path;
    }

    /** The simple name of the expected type, as {@code int} or {@code List<Move>}. */
    public String expected() {
        return expected;
    }
}
