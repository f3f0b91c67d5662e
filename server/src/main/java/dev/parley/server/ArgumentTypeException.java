package dev.parley.server;

import java.util.regex.Pattern;

/**
 * An argument of an event or reply, or the auth object of a client, has another type than the application reads. The client is at fault,
 * so that the server logs it as a warning without stack trace, once a minute for each kind, when a handler throws it. The message names
 * the place, the field and the expected type, and never the content, which may be private.
 */
public final class ArgumentTypeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final String path;
    private final String expected;

    private ArgumentTypeException(String message, String path, String expected) {
        super(message);
        this.path = path;
        this.expected = expected;
    }

    /**
     * A value of another type.
     *
     * @param path  within the value; empty for the value itself
     * @param cause the name of the exception of the application's own class, empty when there was none
     */
    static ArgumentTypeException of(String place, String path, String expected, String cause) {
        return new ArgumentTypeException(place + (path.isEmpty() ? "" : ", field " + path) + ": expected "
                + expected + (cause.isEmpty() ? "" : ", which threw " + cause), path, expected);
    }

    /** There is no such argument. */
    static ArgumentTypeException missing(String place, String expected) {
        return new ArgumentTypeException(place + ": expected " + expected + ", but the argument is missing",
                "", expected);
    }

    /** The application's mapper does not accept the JSON, of which it may ask more than the protocol does. */
    static ArgumentTypeException unreadable(String place) {
        return new ArgumentTypeException(place + ": the JSON mapper does not accept it", "", "JSON");
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

    /** The message without indexes, of which a client can make any number. */
    String kind() {
        return INDEX.matcher(String.valueOf(getMessage())).replaceAll("[]");
    }
}
