package dev.parley.protocol.engine;

import tools.jackson.core.io.JsonStringEncoder;

/** An error with which the server refuses a request, with the code and text that clients know. */
public enum EngineError {
    /** The parameter {@code transport} is missing, unknown or disabled. */
    UNKNOWN_TRANSPORT(0, "Transport unknown"),
    /** This server has no session with this {@code sid}: it has ended, or another server has it. */
    UNKNOWN_SID(1, "Session ID unknown"),
    /** The handshake is not a GET. */
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    /** The request is malformed, or not allowed in the state of its session. */
    BAD_REQUEST(3, "Bad request"),
    /** The origin, the application or a limit forbids it. */
    FORBIDDEN(4, "Forbidden"),
    /** The parameter {@code EIO} names an unsupported revision. */
    UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version");

    private final int code;
    private final String message;

    EngineError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    /** Returns the code in the response's JSON. */
    public int code() {
        return code;
    }

    /** Returns the default message in the response's JSON. */
    public String message() {
        return message;
    }

    /** Returns the response's HTTP status. */
    public int status() {
        return this == FORBIDDEN ? 403 : 400;
    }

    /** Returns the response's body with the default message. */
    public String json() {
        return json(message);
    }

    /** Returns the response's body with another message. */
    public String json(String ownMessage) {
        var json = new StringBuilder("{\"code\":").append(code).append(",\"message\":\"");
        JsonStringEncoder.getInstance().quoteAsString(ownMessage, json);
        return json.append("\"}").toString();
    }
}
