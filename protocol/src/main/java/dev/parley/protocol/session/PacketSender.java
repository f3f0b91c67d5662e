package dev.parley.protocol.session;

import dev.parley.protocol.Effects;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import java.util.List;

/**
 * Sends a session's packets over its transport: at once if the WebSocket is writable or a poll is pending, else through the queue. Not
 * thread-safe.
 */
final class PacketSender {
    /** Maximum weight of one {@link SessionEffect.Write}: Netty's channels report that they are full at this size. */
    private static final long WRITE_SIZE = 64 * 1024;

    private final SendQueue queue;
    private final PollingRequests requests;
    private final Effects<SessionEffect> effects;
    private TransportKind transport;
    private boolean webSocketWritable = true;

    PacketSender(TransportKind transport, SendQueue queue, PollingRequests requests,
            Effects<SessionEffect> effects) {
        this.transport = transport;
        this.queue = queue;
        this.requests = requests;
        this.effects = effects;
    }

    TransportKind transport() {
        return transport;
    }

    boolean usesWebSocket() {
        return transport == TransportKind.WEBSOCKET;
    }

    /** Returns whether packets sent now leave at once. */
    boolean writable() {
        return queue.isEmpty() && (usesWebSocket() ? webSocketWritable : requests.hasPoll());
    }

    /** Returns whether packets are queued that the WebSocket accepts. */
    boolean wantsToWrite() {
        return usesWebSocket() && webSocketWritable && !queue.isEmpty();
    }

    /** Sends or queues packets; returns false if the queue is full. */
    boolean send(List<EnginePacket> packets, long shared, long largest) {
        boolean direct = queue.isEmpty();
        boolean oneEvent = largest == Long.MAX_VALUE;
        if (direct && usesWebSocket() && webSocketWritable
                && (oneEvent || SendQueue.weight(packets) <= WRITE_SIZE)) {
            effects.add(new SessionEffect.Write(packets, shared));
        } else if (direct && requests.hasPoll() && queue.letsOut(packets)) {
            requests.respond(packets);
        } else if (!queue.addAll(packets, shared, largest)) {
            return false;
        } else if (direct && wantsToWrite()) {
            writeQueue(WRITE_SIZE);
        }
        return true;
    }

    void writabilityChanged(boolean writable) {
        webSocketWritable = writable;
        if (wantsToWrite()) {
            writeMore();
        } else if (writable && usesWebSocket()) {
            effects.add(new SessionEffect.Drained());
        }
    }

    void writeMore() {
        if (wantsToWrite()) {
            writeQueue(WRITE_SIZE);
            if (queue.isEmpty()) {
                effects.add(new SessionEffect.Drained());
            }
        }
    }

    /** Writes all queued packets to the WebSocket, before it is closed. */
    void writeAll() {
        if (!queue.isEmpty()) {
            writeQueue(Long.MAX_VALUE);
        }
    }

    /** Sends over the WebSocket from now on. */
    void switchToWebSocket() {
        transport = TransportKind.WEBSOCKET;
        if (wantsToWrite()) {
            writeQueue(WRITE_SIZE);
        }
    }

    /** Forgets the WebSocket of an upgrade that failed. */
    void stayOnPolling() {
        webSocketWritable = true;
    }

    /** Drops the queued packets. */
    void clear() {
        queue.drain();
    }

    private void writeQueue(long most) {
        long shared = queue.shared();
        var packets = queue.drain(most);
        effects.add(new SessionEffect.Write(packets, shared - queue.shared()));
    }
}
