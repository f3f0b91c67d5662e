package dev.parley.protocol.socket;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the owner of a {@link Connection} has to do, in the order given. */
public sealed interface ConnectionEffect {
    /** Send over the session. */
    record Send(List<EnginePacket> packets) implements ConnectionEffect {}

    /** Decide on a client that wants to join, and say so with {@code Accept} or {@code Refuse}. */
    record Join(String namespace, @Nullable String auth) implements ConnectionEffect {}

    /** Hand an event to the application; with an id, it is to answer. */
    record Deliver(String namespace, @Nullable Long ackId, Arguments event) implements ConnectionEffect {}

    /** The client's answer to an emitted event. */
    record Answered(long token, Arguments arguments) implements ConnectionEffect {}

    /** There will be no answer to an emitted event. */
    record Unanswered(long token, NoAnswer why) implements ConnectionEffect {}

    /** The client is no longer in this namespace. */
    record Left(String namespace, CloseReason reason) implements ConnectionEffect {}

    /** End the session, after what was sent. */
    record CloseSession(CloseReason reason) implements ConnectionEffect {}

    /** Give a {@link ConnectionInput.Tick} at this instant; an earlier wish is void. */
    record Wake(Instant at) implements ConnectionEffect {}

    /** Why an answer does not come. */
    enum NoAnswer {
        /** The client did not answer in time. */
        TIMEOUT,
        /** The client left the namespace, or its session ended. */
        LEFT,
        /** As many answers are awaited as may be. */
        TOO_MANY
    }
}
