package dev.parley.server.internal.json;

import dev.parley.server.ArgumentTypeException;

/** Creates {@link ArgumentTypeException}s with their messages. Stateless; any thread. */
final class ArgumentErrors {
    private ArgumentErrors() {}

    /**
     * Returns an exception for a value of another type.
     *
     * @param path  within the value; empty for the value itself
     * @param cause the name of the exception of the application's own class, empty when there was none
     */
    static ArgumentTypeException of(String place, String path, String expected, String cause) {
        return new ArgumentTypeException(place + (path.isEmpty() ? "" : ", field " + path) + ": expected "
                + expected + (cause.isEmpty() ? "" : ", which threw " + cause), path, expected);
    }

    /** Returns an exception for an argument that is missing. */
    static ArgumentTypeException missing(String place, String expected) {
        return new ArgumentTypeException(place + ": expected " + expected + ", but the argument is missing",
                "", expected);
    }

    /** Returns an exception for JSON that the application's mapper rejects: it may be stricter than the protocol. */
    static ArgumentTypeException unreadable(String place) {
        return new ArgumentTypeException(place + ": the JSON mapper does not accept it", "", "JSON");
    }
}
