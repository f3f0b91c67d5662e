package dev.parley.protocol.socket;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An input of a {@link Connection}. */
public sealed interface ConnectionInput {
    /** The session was opened. First, and once. */
    record Opened() implements ConnectionInput {}

    /** The session received a text message. */
    record TextReceived(EnginePacket.Message message) implements ConnectionInput {}

    /** The session received a binary message. */
    record BinaryReceived(EnginePacket.Binary binary) implements ConnectionInput {}

    /**
     * Responds to {@link ConnectionEffect.Join}: the client joins the namespace with this id.
     *
     * @param pid the private id with which the client may recover its connection; null if it may not
     */
    record Accept(String namespace, String socketId, @Nullable String pid) implements ConnectionInput {
        /** Accepts a client that may not recover its connection. */
        public Accept(String namespace, String socketId) {
            this(namespace, socketId, null);
        }

        String json() {
            return "{\"sid\":\"" + socketId + (pid == null ? "\"}" : "\",\"pid\":\"" + pid + "\"}");
        }
    }

    /** Responds to {@link ConnectionEffect.Join}: the client may not join. The JSON object tells it why. */
    record Refuse(String namespace, String json) implements ConnectionInput {}

    /** The application emits an event; with a request, the client is to acknowledge it. */
    record Emit(String namespace, Arguments event, @Nullable AckRequest request) implements ConnectionInput {}

    /** The application emits an event that is encoded already and needs no ack. */
    record Forward(String namespace, List<EnginePacket> packets) implements ConnectionInput {}

    /** The application acknowledges the client's event with this id. */
    record Acknowledge(String namespace, long ackId, Arguments arguments) implements ConnectionInput {}

    /** The application removes the client from a namespace. */
    record Leave(String namespace) implements ConnectionInput {}

    /** The application removes the client from all namespaces and ends the session. */
    record LeaveAll() implements ConnectionInput {}

    /** The session ended. */
    record SessionClosed(CloseReason reason) implements ConnectionInput {}

    /** The instant of the last {@link ConnectionEffect.Wake} has come. */
    record Tick() implements ConnectionInput {}

    /**
     * A request for an ack.
     *
     * @param token identifies the request to the caller; returned with the ack
     * @param by    the instant at which the request times out
     */
    record AckRequest(long token, Instant by) {}
}
