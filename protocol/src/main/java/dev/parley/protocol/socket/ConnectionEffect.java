package dev.parley.protocol.socket;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An effect that the owner of a {@link Connection} performs, in the order given. */
public sealed interface ConnectionEffect {
    /** Send these packets over the session. */
    record Send(List<EnginePacket> packets) implements ConnectionEffect {}

    /** Decide whether the client may join, and feed {@code Accept} or {@code Refuse}. */
    record Join(String namespace, @Nullable String auth) implements ConnectionEffect {}

    /** Deliver an event to the application, which acknowledges it if there is an id. */
    record Deliver(String namespace, @Nullable Long ackId, Arguments event) implements ConnectionEffect {}

    /** Tell the application that the client acknowledged an event. */
    record Acknowledged(long token, Arguments arguments) implements ConnectionEffect {}

    /** Tell the application that an event will not be acknowledged. */
    record AckFailed(long token, AckFailure why) implements ConnectionEffect {}

    /** Tell the application that the client has left this namespace. */
    record Left(String namespace, CloseReason reason) implements ConnectionEffect {}

    /** Close the session after the packets sent before. */
    record CloseSession(CloseReason reason) implements ConnectionEffect {}

    /** Feed a {@link ConnectionInput.Tick} at this instant; replaces the {@code Wake} before. */
    record Wake(Instant at) implements ConnectionEffect {}

    /** Why an event is not acknowledged. */
    enum AckFailure {
        /** The client did not acknowledge it in time. */
        TIMEOUT,
        /** The client left the namespace, or its session ended. */
        LEFT,
        /** Too many acks are pending. */
        TOO_MANY
    }
}
