package dev.parley.protocol.engine;

import java.util.List;

/**
 * What can happen to a {@link Session}. A session has at most one WebSocket at a time, so its inputs need not say which; what comes from
 * one that was closed before is to be dropped by the caller.
 */
public sealed interface SessionInput {
    /** First and once: the handshake was accepted. */
    record Opened() implements SessionInput {}

    /** A poll (GET) arrived. */
    record Polled() implements SessionInput {}

    /** The hanging poll's connection was lost. */
    record PollLost() implements SessionInput {}

    /**
     * The network has taken all of an answer to a poll.
     *
     * @param weight as {@link SessionEffect.AnswerPoll#weight} has it
     */
    record AnswerTaken(long weight) implements SessionInput {}

    /**
     * The network has not taken an answer to a poll, and never will: what was in it is lost.
     *
     * @param weight as {@link SessionEffect.AnswerPoll#weight} has it
     */
    record AnswerLost(long weight) implements SessionInput {}

    /** The head of a POST arrived. */
    record PostStarted() implements SessionInput {}

    /** The body of the POST is complete. */
    record PostReceived(String body) implements SessionInput {}

    /** The body of the POST is complete, and it is not text: Engine.IO 3 only. */
    record BinaryPostReceived(byte[] body) implements SessionInput {}

    /** The POST's connection was lost before the body was complete. */
    record PostLost() implements SessionInput {}

    /** The POST was answered elsewhere, since its body was larger than allowed. */
    record PostRejected() implements SessionInput {}

    /** A WebSocket asks to take over from polling. */
    record WebSocketOffered() implements SessionInput {}

    /** A text message on the WebSocket. */
    record TextReceived(String text) implements SessionInput {}

    /** A text message on the WebSocket that its reader has decoded already. */
    record MessageReceived(EnginePacket.Message message) implements SessionInput {}

    /** A binary message on the WebSocket. */
    record BinaryReceived(byte[] data) implements SessionInput {}

    /** The WebSocket ended. */
    record WebSocketLost() implements SessionInput {}

    /** The WebSocket broke, or broke rules: a message too large, a bad frame. */
    record WebSocketFailed(CloseCause cause) implements SessionInput {}

    /** The WebSocket takes more, or takes no more for now. */
    record WritabilityChanged(boolean writable) implements SessionInput {}

    /** The WebSocket has been given what was to be written, and {@link Session#wantsToWrite} says that it takes more. */
    record Written() implements SessionInput {}

    /**
     * Packets for the client.
     *
     * @param shared  bytes of their weight that other sessions hold too, since the packets are those of a broadcast
     * @param largest weight of the largest event among them, which does not count against the bound of what waits
     */
    record Send(List<EnginePacket> packets, long shared, long largest) implements SessionInput {
        /** The packets of one event that no other session holds. */
        public Send(List<EnginePacket> packets) {
            this(packets, 0, Long.MAX_VALUE);
        }
    }

    /** The owner cannot take more for now, or can again: messages of a WebSocket are to stay unread, a POST unanswered. */
    record ReadingPaused(boolean paused) implements SessionInput {}

    /** The server ends the session; what waits is sent first. */
    record CloseRequested(CloseReason reason) implements SessionInput {}

    /** The server ends the session at once; what waits is dropped. */
    record Dropped(CloseReason reason) implements SessionInput {}

    /** The instant asked for by {@link SessionEffect.Wake} has come. */
    record Tick() implements SessionInput {}
}
