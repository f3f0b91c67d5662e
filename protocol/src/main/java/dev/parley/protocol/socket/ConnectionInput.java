package dev.parley.protocol.socket;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to a {@link Connection}. */
public sealed interface ConnectionInput {
    /** First and once: the session was opened. */
    record Opened() implements ConnectionInput {}

    /** A text message of the session. */
    record TextReceived(EnginePacket.Message message) implements ConnectionInput {}

    /** A binary message of the session. */
    record BinaryReceived(EnginePacket.Binary binary) implements ConnectionInput {}

    /**
     * The answer to {@link ConnectionEffect.Join}: the client is in, under this id.
     *
     * @param pid the secret name under which it may come back; null when it cannot
     */
    record Accept(String namespace, String socketId, @Nullable String pid) implements ConnectionInput {
        /** The client may not come back when it is lost. */
        public Accept(String namespace, String socketId) {
            this(namespace, socketId, null);
        }

        String json() {
            return "{\"sid\":\"" + socketId + (pid == null ? "\"}" : "\",\"pid\":\"" + pid + "\"}");
        }
    }

    /** The answer to {@link ConnectionEffect.Join}: the client is not let in; the JSON tells it why. */
    record Refuse(String namespace, String json) implements ConnectionInput {}

    /** An event for the client; with a wish, it is asked to answer. */
    record Emit(String namespace, Arguments event, @Nullable AckWish wish) implements ConnectionInput {}

    /** An event without a wish for an answer, encoded already: the packets are sent as they are. */
    record Forward(String namespace, List<EnginePacket> packets) implements ConnectionInput {}

    /** The application's answer to the client's event of this id. */
    record Answer(String namespace, long ackId, Arguments arguments) implements ConnectionInput {}

    /** The application puts the client out of a namespace. */
    record Leave(String namespace) implements ConnectionInput {}

    /** The application puts the client out of all namespaces and ends the session. */
    record LeaveAll() implements ConnectionInput {}

    /** The session has ended. */
    record SessionClosed(CloseReason reason) implements ConnectionInput {}

    /** The instant asked for by {@link ConnectionEffect.Wake} has come. */
    record Tick() implements ConnectionInput {}

    /**
     * An answer is wanted.
     *
     * @param token given back with the answer; the caller's own
     * @param by    when to stop waiting
     */
    record AckWish(long token, Instant by) {}
}
