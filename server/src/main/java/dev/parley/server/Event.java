package dev.parley.server;

import dev.parley.protocol.socket.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * One event from a client. Index 0 is the first argument after the name. Only one thread at a time may read it; {@link #ack} may be called
 * from any thread. Implemented by the server: applications do not implement it, and methods may be added.
 */
public non-sealed interface Event extends Values {
    /** The event's name, as the client sent it. */
    String name();

    /** The whole event as it came, including its name, for {@link Socket#emitRaw(Arguments)}. */
    Arguments arguments();

    /** Returns whether the client asked for an acknowledgement. */
    boolean wantsAck();

    /**
     * Acknowledges the event. Only the first call has an effect, and none if the client asked for no acknowledgement. A call whose values
     * cannot be encoded, or are too large, does not count as the first. Waits for room as {@link Socket#emit} does.
     *
     * @param values as for {@link Socket#emit}
     * @throws IllegalArgumentException when the encoded acknowledgement is larger than {@code maxOutgoingSize}
     * @throws NotSentException         when the send queue stays full for {@code sendTimeout}, or the waiting thread is interrupted
     */
    void ack(@Nullable Object... values);

    /**
     * Acknowledges the event with values that are encoded already. Counts, waits and throws as {@link #ack}.
     *
     * @param values a JSON array of the values
     */
    void ackRaw(Arguments values);
}
