package dev.parley.protocol.engine;

import tools.jackson.core.io.JsonStringEncoder;

/** The six ways in which a request is refused, with the codes and texts that clients know. */
public enum EngineError {
    UNKNOWN_TRANSPORT(0, "Transport unknown"),
    UNKNOWN_SID(1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
    BAD_REQUEST(3, "Bad request"),
    FORBIDDEN(4, "Forbidden"),
    UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version");

    private final int code;
    private final String message;

    EngineError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    public int code() {
        return code;
    }

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
