package dev.parley.protocol.session;

import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Instant;
import java.util.List;

/** An effect that the owner of a {@link ClientSession} performs, in the order given. */
public sealed interface ClientEffect {
    /** Send a poll (GET); {@link ClientInput.PollReceived} or {@link ClientInput.PollFailed} follows. */
    record Poll() implements ClientEffect {}

    /** Send packets in a POST; {@link ClientInput.PostSent} or {@link ClientInput.PostFailed} follows. */
    record Post(List<EnginePacket> packets) implements ClientEffect {}

    /** Open a WebSocket; {@link ClientInput.WebSocketOpened} or {@link ClientInput.WebSocketLost} follows. */
    record OpenWebSocket() implements ClientEffect {}

    /** Write packets to the WebSocket; {@link ClientInput.Written} or {@link ClientInput.WebSocketLost} follows. */
    record Write(List<EnginePacket> packets) implements ClientEffect {}

    /** Close the WebSocket with a close frame. */
    record CloseWebSocket() implements ClientEffect {}

    /** Abort the WebSocket at once; its later inputs are dropped. */
    record AbortWebSocket() implements ClientEffect {}

    /** Abort the poll and the POST that are pending; their later inputs are dropped. */
    record AbortPolling() implements ClientEffect {}

    /** Use the session id of the handshake in all further requests, and tell the layer above that the session is open. */
    record Opened(EngineHandshake handshake) implements ClientEffect {}

    /** Deliver a text or binary message to the layer above. */
    record Deliver(EnginePacket packet) implements ClientEffect {}

    /** Tell the layer above that the session has upgraded to WebSocket. */
    record Upgraded() implements ClientEffect {}

    /** Tell the layer above that the session remains on polling. */
    record UpgradeFailed(ClientFailure why) implements ClientEffect {}

    /** Tell the layer above that the session has ended. Once, and last. */
    record Closed(ClientFailure why) implements ClientEffect {}

    /** Feed a {@link ClientInput.Tick} at this instant; replaces the {@code Wake} before. */
    record Wake(Instant at) implements ClientEffect {}
}
