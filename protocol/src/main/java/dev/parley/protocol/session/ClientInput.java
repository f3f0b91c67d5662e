package dev.parley.protocol.session;

import dev.parley.protocol.engine.EnginePacket;
import java.util.List;

/** An input of a {@link ClientSession}. A session has at most one WebSocket, so inputs of a WebSocket do not name it. */
public sealed interface ClientInput {
    /** The session begins. First, and once. */
    record Started() implements ClientInput {}

    /** A poll response with a text payload arrived. */
    record PollReceived(String body) implements ClientInput {}

    /** A poll response with a binary payload arrived, which only revision 3 has. */
    record BinaryPollReceived(byte[] body) implements ClientInput {}

    /** A poll failed. */
    record PollFailed(ClientFailure.Transport why) implements ClientInput {}

    /** The server has responded to the POST. */
    record PostSent() implements ClientInput {}

    /** The POST failed. */
    record PostFailed(ClientFailure.Transport why) implements ClientInput {}

    /** The WebSocket was opened. */
    record WebSocketOpened() implements ClientInput {}

    /** The WebSocket received a text message. */
    record TextReceived(String text) implements ClientInput {}

    /** The WebSocket received a binary message. */
    record BinaryReceived(byte[] data) implements ClientInput {}

    /** The WebSocket has accepted the packets of a {@link ClientEffect.Write}. */
    record Written() implements ClientInput {}

    /** The WebSocket was closed, failed, or could not be opened. */
    record WebSocketLost(ClientFailure.Transport why) implements ClientInput {}

    /** Send packets to the server. */
    record Send(List<EnginePacket> packets) implements ClientInput {}

    /** The application closes the session after the queued packets. */
    record CloseRequested() implements ClientInput {}

    /** The application drops the session at once. */
    record Dropped(ClientFailure why) implements ClientInput {}

    /** The instant of the last {@link ClientEffect.Wake} has come. */
    record Tick() implements ClientInput {}
}
