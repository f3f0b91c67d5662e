package dev.parley.protocol.session;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An effect that the owner of a {@link Session} performs, in the order given. */
public sealed interface SessionEffect {
    /** An effect that responds to a request. Each request gets one response. */
    sealed interface Response extends SessionEffect {
        /** Returns the request to respond to. */
        ClientRequest request();
    }

    /** Respond to a poll with packets; {@link SessionInput.ResponseSent} or {@link SessionInput.ResponseLost} follows. */
    record RespondToPoll(ClientRequest request, List<EnginePacket> packets) implements Response {
        /** Returns the weight of the packets, which counts towards {@link SessionOptions#maxQueued} until the response is sent. */
        public long weight() {
            return SendQueue.weight(packets);
        }
    }

    /** Refuse a poll. */
    record RefusePoll(ClientRequest request, EngineError error) implements Response {}

    /** Respond to a POST with {@code ok}. */
    record RespondToPost(ClientRequest request) implements Response {}

    /** Refuse a POST. */
    record RefusePost(ClientRequest request, EngineError error) implements Response {}

    /** Open the WebSocket; its messages are inputs from now on. */
    record AcceptWebSocket(ClientRequest request) implements Response {}

    /** Refuse the request to open a WebSocket. */
    record RefuseWebSocket(ClientRequest request, EngineError error) implements Response {}

    /** Complete the handshake of the WebSocket and close it: the session keeps the WebSocket it has. */
    record TurnWebSocketAway(ClientRequest request) implements Response {}

    /**
     * Write packets to the WebSocket.
     *
     * @param shared as in {@link SessionInput.Send}
     */
    record Write(List<EnginePacket> packets, long shared) implements SessionEffect {
        /** Writes packets that no other session holds. */
        public Write(List<EnginePacket> packets) {
            this(packets, 0);
        }
    }

    /** Pause or resume reading the WebSocket. */
    record PauseReading(boolean paused) implements SessionEffect {}

    /** Close the WebSocket after the packets written before. */
    record CloseWebSocket() implements SessionEffect {}

    /** Deliver a text or binary message to the layer above. */
    record Deliver(EnginePacket packet) implements SessionEffect {}

    /** Tell the layer above that the session has upgraded to WebSocket. */
    record Upgraded() implements SessionEffect {}

    /** Tell the layer above that polling continues, since the accepted WebSocket did not replace it. */
    record UpgradeFailed() implements SessionEffect {}

    /** Tell the layer above the time from a ping of the server to its pong. */
    record RoundTrip(Duration took) implements SessionEffect {}

    /** Tell the layer above that a ping or pong of the client arrived. */
    record Heartbeat() implements SessionEffect {}

    /** Tell the layer above that packets leave at once again: a poll is pending, or the WebSocket is writable. */
    record Drained() implements SessionEffect {}

    /** Feed a {@link SessionInput.Tick} at this instant; replaces the {@code Wake} before. */
    record Wake(Instant at) implements SessionEffect {}

    /** Tell the layer above that the session has ended. Once. */
    record Closed(CloseReason reason, CloseCause cause) implements SessionEffect {
        /** Ends the session with a reason that needs no cause. */
        public Closed(CloseReason reason) {
            this(reason, CloseCause.UNSPECIFIED);
        }
    }

    /** Remove the session from the owner's table. Once; later inputs only have their requests refused. */
    record Release() implements SessionEffect {}
}
