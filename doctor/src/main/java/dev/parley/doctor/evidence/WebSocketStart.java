package dev.parley.doctor.evidence;

/** What followed the response to a request for a WebSocket. */
public sealed interface WebSocketStart {

    /** The request was not accepted, or not answered. */
    record NotAccepted() implements WebSocketStart {}

    /** The status was 101, with a wrong {@code Sec-WebSocket-Accept}; empty if it was absent. */
    record WrongAccept(String value) implements WebSocketStart {}

    /** A handshake arrived, and the response to a message. */
    record Answered() implements WebSocketStart {}

    /** A handshake arrived, but no response to a message. */
    record Unanswered() implements WebSocketStart {}

    /** Nothing arrived in time. */
    record Silent() implements WebSocketStart {}

    /** The server closed the WebSocket: the code is 1005 if there was none. {@code opened} tells whether a handshake came before. */
    record Closed(boolean opened, int code, String reason) implements WebSocketStart {}

    /** The connection failed without a close frame, or with a frame that browsers refuse. */
    record Failed(boolean opened, ConnectionFailure why) implements WebSocketStart {}

    /** The first message was not that of Engine.IO; its beginning. */
    record Other(String beginning) implements WebSocketStart {}

    /** Returns whether something did not come in time. */
    default boolean isSilence() {
        return this instanceof Silent || this instanceof Unanswered;
    }

    /** Returns whether messages pass in both directions. */
    default boolean works() {
        return this instanceof Answered;
    }

    /** Returns whether a handshake arrived. */
    default boolean opened() {
        return switch (this) {
            case Answered _any -> true;
            case Unanswered _any -> true;
            case Closed closed -> closed.opened();
            case Failed failed -> failed.opened();
            case NotAccepted _any -> false;
            case WrongAccept _any -> false;
            case Silent _any -> false;
            case Other _any -> false;
        };
    }

    /** Returns what was seen, in words. */
    default String description() {
        return switch (this) {
            case Answered _any -> "a handshake arrived, and the response to a message";
            case Unanswered _any -> "a handshake arrived, but no response to a message";
            case Closed closed -> "closed with code " + closed.code()
                    + (closed.reason().isEmpty() ? "" : " \"" + closed.reason() + "\"")
                    + (closed.opened() ? ", after the handshake" : ", before a handshake");
            case Failed failed -> failed.why().description()
                    + (failed.opened() ? ", after the handshake" : ", before a handshake");
            case NotAccepted _any -> "not accepted";
            case WrongAccept wrong -> "Sec-WebSocket-Accept is "
                    + (wrong.value().isEmpty() ? "absent" : "not the one that belongs to the key");
            case Silent _any -> "no frame arrived";
            case Other other -> "the first message is \"" + other.beginning() + "\"";
        };
    }
}
