package dev.parley.protocol.session;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import java.util.List;

/**
 * An input of a {@link Session}. Inputs about a request name it. A session has at most one WebSocket at a time, so inputs of a WebSocket
 * do not name it: the owner drops the inputs of a WebSocket that it has closed.
 */
public sealed interface SessionInput {
    /** The handshake was accepted. First, and once. */
    record Opened() implements SessionInput {}

    /** A poll (GET) arrived. */
    record Polled(ClientRequest request) implements SessionInput {}

    /** The connection of a poll was lost. Ignored unless the poll is pending. */
    record PollLost(ClientRequest request) implements SessionInput {}

    /**
     * The network has accepted a poll response completely.
     *
     * @param weight the {@link SessionEffect.RespondToPoll#weight} of the response
     */
    record ResponseSent(long weight) implements SessionInput {}

    /**
     * A poll response was lost with its packets: the network did not accept all of it.
     *
     * @param weight the {@link SessionEffect.RespondToPoll#weight} of the response
     */
    record ResponseLost(long weight) implements SessionInput {}

    /** The headers of a POST arrived. */
    record PostStarted(ClientRequest request) implements SessionInput {}

    /** The body of a POST is complete. Ignored if the POST was refused. */
    record PostReceived(ClientRequest request, String body) implements SessionInput {}

    /** The body of a POST is complete and binary, in Engine.IO 3 only. Ignored if the POST was refused. */
    record BinaryPostReceived(ClientRequest request, byte[] body) implements SessionInput {}

    /** The connection of a POST was lost before its body was complete. */
    record PostLost(ClientRequest request) implements SessionInput {}

    /** The owner has responded to a POST itself, since its body is too large. */
    record PostRejected(ClientRequest request) implements SessionInput {}

    /** A request to upgrade from polling to WebSocket arrived. */
    record WebSocketOffered(ClientRequest request) implements SessionInput {}

    /** The WebSocket of an accepted upgrade could not be opened. Ignored if the upgrade has ended. */
    record WebSocketNotOpened(ClientRequest request) implements SessionInput {}

    /** The WebSocket received a text message. */
    record TextReceived(String text) implements SessionInput {}

    /** The WebSocket received a text message, which its reader has decoded. */
    record MessageReceived(EnginePacket.Message message) implements SessionInput {}

    /** The WebSocket received a binary message. */
    record BinaryReceived(byte[] data) implements SessionInput {}

    /** The WebSocket was closed. */
    record WebSocketLost() implements SessionInput {}

    /** The WebSocket failed: its connection broke, or the client violated the protocol. */
    record WebSocketFailed(CloseCause cause) implements SessionInput {}

    /** The WebSocket became writable, or is not writable for now. */
    record WritabilityChanged(boolean writable) implements SessionInput {}

    /** The owner has performed a {@link SessionEffect.Write}, and {@link Session#wantsToWrite} returns true. */
    record Written() implements SessionInput {}

    /**
     * Send packets to the client.
     *
     * @param shared  bytes of their weight that other sessions hold too, since the packets are those of a broadcast
     * @param largest weight of the largest event among them, which does not count towards {@link SessionOptions#maxQueued}
     */
    record Send(List<EnginePacket> packets, long shared, long largest) implements SessionInput {
        /** Sends the packets of one event that no other session holds. */
        public Send(List<EnginePacket> packets) {
            this(packets, 0, Long.MAX_VALUE);
        }
    }

    /** Pauses or resumes reading: while paused, WebSocket messages stay unread and a POST gets no response. */
    record ReadingPaused(boolean paused) implements SessionInput {}

    /** The server closes the session after the queued packets. */
    record CloseRequested(CloseReason reason) implements SessionInput {}

    /** The server closes the session at once and drops the queued packets. */
    record Dropped(CloseReason reason) implements SessionInput {}

    /** The instant of the last {@link SessionEffect.Wake} has come. */
    record Tick() implements SessionInput {}
}
