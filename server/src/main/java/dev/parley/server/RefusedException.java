package dev.parley.server;

import org.jspecify.annotations.Nullable;

/** Thrown by {@link Middleware} to refuse a client, which receives message and data in its {@code connect_error}. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /** A refusal with the message that the client receives. */
    public RefusedException(String message) {
        this(message, null);
    }

    /**
     * A refusal with the message and data that the client receives.
     *
     * @param data anything that Jackson can write
     */
    public RefusedException(String message, @Nullable Object data) {
        super(message);
        this.data = data;
    }

    /** Returns the payload of the CONNECT_ERROR packet: {@code {"message":…,"data":…}}. */
    String json(Json json) {
        String text = "{\"message\":" + Json.quoted(String.valueOf(getMessage()));
        return data == null ? text + "}" : text + ",\"data\":" + json.write(data) + "}";
    }
}
