package dev.parley.server;

import dev.parley.protocol.socket.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * One event from a client. Index 0 is the first argument after the name. Read by one thread at a time; {@link #ack} may be called from
 * any. Implemented by the server: applications do not implement it, and methods may be added.
 */
public non-sealed interface Event extends Values {
    /** The event's name, as the client gave it. */
    String name();

    /** The whole event as it came, name included, to pass on without parsing. */
    Arguments arguments();

    /** Whether the client asked for an answer. */
    boolean wantsAck();

    /**
     * Acknowledges the event, once: a second call does nothing, nor does a call when the client asked for no acknowledgement. One that
     * cannot be encoded, or is too large, does not count. Waits for room as {@link Socket#emit} does.
     *
     * @param values as for {@link Socket#emit}
     * @throws IllegalArgumentException when it is larger than {@code maxOutgoingSize}
     * @throws NotSentException         when there was no room within {@code sendTimeout}, or the thread was interrupted
     */
    void ack(@Nullable Object... values);
}
