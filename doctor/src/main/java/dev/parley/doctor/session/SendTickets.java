package dev.parley.doctor.session;

import dev.parley.protocol.engine.EnginePacket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Notifies the callers of a session when their messages have been sent. The session adds its own heartbeats between messages, and may
 * send messages of several callers together, so messages are counted. Not thread-safe: its owner guards it.
 */
final class SendTickets {
    private final Queue<Ticket> waiting = new ArrayDeque<>();
    private long queued;
    private long left;

    private record Ticket(long last, CompletableFuture<Boolean> sent) {}

    /** Registers messages that are queued now; the future is true once they have been sent, false if the session ended before. */
    CompletableFuture<Boolean> queue(List<EnginePacket> packets) {
        queued += messages(packets);
        var ticket = new Ticket(queued, new CompletableFuture<>());
        waiting.add(ticket);
        return ticket.sent();
    }

    /** Records that a batch was sent. */
    void left(List<EnginePacket> batch) {
        left += messages(batch);
        for (var next = waiting.peek(); next != null && next.last() <= left; next = waiting.peek()) {
            waiting.remove().sent().complete(true);
        }
    }

    /** Records that the session has ended. */
    void end() {
        waiting.forEach(ticket -> ticket.sent().complete(false));
        waiting.clear();
    }

    private static long messages(List<EnginePacket> packets) {
        return packets.stream()
                .filter(packet -> packet instanceof EnginePacket.Message
                        || packet instanceof EnginePacket.Binary)
                .count();
    }
}
