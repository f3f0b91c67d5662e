package dev.parley.server;

import java.util.Optional;
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

    /** Returns the data that the client receives; empty when it receives none. */
    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }
}
