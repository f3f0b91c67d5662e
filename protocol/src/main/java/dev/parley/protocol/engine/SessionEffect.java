package dev.parley.protocol.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the owner of a {@link Session} has to do, in the order given. */
public sealed interface SessionEffect {
    /**
     * Answer the poll: the one that hangs or, when none does, the one that just arrived. {@link SessionInput.AnswerTaken} or {@link
     * SessionInput.AnswerLost} follows.
     */
    record AnswerPoll(List<EnginePacket> packets) implements SessionEffect {
        /** What it counts towards {@link SessionOptions#maxQueued} until the network has taken it. */
        public long weight() {
            return SendQueue.weight(packets);
        }
    }

    /** Refuse the poll that just arrived. */
    record RefusePoll(EngineError error) implements SessionEffect {}

    /** Answer the POST with {@code ok}. */
    record AnswerPost() implements SessionEffect {}

    /** Refuse the POST that just arrived, or whose body just did. */
    record RefusePost(EngineError error) implements SessionEffect {}

    /** Let the WebSocket in; its messages are inputs from now on. */
    record AcceptWebSocket() implements SessionEffect {}

    /** Do not let the WebSocket in. */
    record RefuseWebSocket(EngineError error) implements SessionEffect {}

    /** Complete the handshake of a WebSocket that is one too many, and close it: the session goes on with the one it has. */
    record TurnWebSocketAway() implements SessionEffect {}

    /**
     * Write to the WebSocket.
     *
     * @param shared as in {@link SessionInput.Send}
     */
    record Write(List<EnginePacket> packets, long shared) implements SessionEffect {
        /** Packets that no other session holds. */
        public Write(List<EnginePacket> packets) {
            this(packets, 0);
        }
    }

    /** Stop reading the WebSocket, or go on. */
    record PauseReading(boolean paused) implements SessionEffect {}

    /** Close the WebSocket after what was written, and forget it. */
    record CloseWebSocket() implements SessionEffect {}

    /** Hand a message, text or binary, to the layer above. */
    record Deliver(EnginePacket packet) implements SessionEffect {}

    /** Tell the layer above that the session runs over WebSocket now. */
    record Upgraded() implements SessionEffect {}

    /** Tell the layer above how long the client took to answer a ping; only where the server is the one who pings. */
    record RoundTrip(Duration took) implements SessionEffect {}

    /** Tell the layer above that the client's side of the heartbeat came. */
    record Heartbeat() implements SessionEffect {}

    /** Tell the layer above that what is sent from here on leaves at once: a poll hangs, or the WebSocket takes more again. */
    record Drained() implements SessionEffect {}

    /** Give a {@link SessionInput.Tick} at this instant; an earlier wish is void. */
    record Wake(Instant at) implements SessionEffect {}

    /** Tell the layer above that the session has ended. Once. */
    record Closed(CloseReason reason, CloseCause cause) implements SessionEffect {
        /** An end of which the reason says all. */
        public Closed(CloseReason reason) {
            this(reason, CloseCause.UNSPECIFIED);
        }
    }

    /** Forget the session: it has nothing left to say. Last and once. */
    record Release() implements SessionEffect {}
}
