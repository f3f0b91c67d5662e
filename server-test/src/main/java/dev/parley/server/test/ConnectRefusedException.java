package dev.parley.server.test;

import tools.jackson.databind.JsonNode;

/** Thrown when the server refuses a client in a namespace, with the content of {@code connect_error}. */
public final class ConnectRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient ReceivedValues data;

    ConnectRefusedException(String namespace, String reason, ReceivedValues data) {
        super("The server refused the connection to " + namespace + ": " + reason);
        this.reason = reason;
        this.data = data;
    }

    /** The message that the client received, as given to {@code RefusedException}. */
    public String reason() {
        return reason;
    }

    /** The details that the client received; a missing node when there are none. */
    public JsonNode data() {
        return data.json(0);
    }

    /**
     * Returns the details that the client received, converted to a class.
     *
     * @throws AssertionError when there are no details, or they do not fit
     */
    public <T> T data(Class<T> type) {
        return data.as(0, type);
    }
}
