package dev.parley.protocol.engine;

import tools.jackson.core.io.JsonStringEncoder;

/** The six ways in which a request is refused, with the codes and texts that clients know. */
public enum EngineError {
    /** No {@code transport} was named, or one that is unknown or not offered. */
    UNKNOWN_TRANSPORT(0, "Transport unknown"),
    /** There is no session of this {@code sid} here: it ended, or it is another server's. */
    UNKNOWN_SID(1, "Session ID unknown"),
    /** A handshake that is not a GET. */
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    /** A request that does not fit its session, or is malformed. */
    BAD_REQUEST(3, "Bad request"),
    /** The origin, the application or a limit does not allow it. */
    FORBIDDEN(4, "Forbidden"),
    /** {@code EIO} names no revision that is served. */
    UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version");

    private final int code;
    private final String message;

    EngineError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    /** The number in the answer's JSON. */
    public int code() {
        return code;
    }

    /** The text in the answer's JSON when there is nothing better to say. */
    public String message() {
        return message;
    }

    /** The HTTP status to answer with. */
    public int status() {
        return this == FORBIDDEN ? 403 : 400;
    }

    /** The body to answer with. */
    public String json() {
        return json(message);
    }

    /** The body to answer with when there is more to say than the usual message. */
    public String json(String ownMessage) {
        var json = new StringBuilder("{\"code\":").append(code).append(",\"message\":\"");
        JsonStringEncoder.getInstance().quoteAsString(ownMessage, json);
        return json.append("\"}").toString();
    }
}
