package dev.parley.server;

import org.jspecify.annotations.Nullable;

/** Thrown by {@link Middleware} to keep a client out; the client gets both as its {@code connect_error}'s message and data. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /** With what the client is told. */
    public RefusedException(String message) {
        this(message, null);
    }

    /**
     * With details for the client.
     *
     * @param data anything that Jackson can write
     */
    public RefusedException(String message, @Nullable Object data) {
        super(message);
        this.data = data;
    }

    /** What the client is told: {@code {"message":…,"data":…}}. */
    String json(Json json) {
        String text = "{\"message\":" + Json.quoted(String.valueOf(getMessage()));
        return data == null ? text + "}" : text + ",\"data\":" + json.write(data) + "}";
    }
}
