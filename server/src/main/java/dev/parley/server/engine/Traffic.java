package dev.parley.server.engine;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the messages and bytes of all sessions since the start. Costs two uncontended additions for each message. Bytes are the packets'
 * {@link EnginePacket#weight}, before framing, compression and TLS; a character of text counts as one. Safe from any thread.
 */
public final class Traffic {
    private final Direction pollingIn = new Direction();
    private final Direction pollingOut = new Direction();
    private final Direction webSocketIn = new Direction();
    private final Direction webSocketOut = new Direction();

    /** Returns the number of text and binary messages from clients. */
    public long messagesIn(TransportKind transport) {
        return in(transport).messages.sum();
    }

    /** Returns the bytes of messages from clients. */
    public long bytesIn(TransportKind transport) {
        return in(transport).bytes.sum();
    }

    /** Returns the number of text and binary messages that were passed to the transport. */
    public long messagesOut(TransportKind transport) {
        return out(transport).messages.sum();
    }

    /** Returns the bytes of messages to clients. */
    public long bytesOut(TransportKind transport) {
        return out(transport).bytes.sum();
    }

    void received(TransportKind transport, EnginePacket message) {
        in(transport).add(1, message.weight());
    }

    void sent(TransportKind transport, List<EnginePacket> packets) {
        int messages = 0;
        long bytes = 0;
        for (EnginePacket packet : packets) {
            bytes += packet.weight();
            if (packet instanceof EnginePacket.Message || packet instanceof EnginePacket.Binary) {
                messages++;
            }
        }
        out(transport).add(messages, bytes);
    }

    private Direction in(TransportKind transport) {
        return switch (transport) {
            case POLLING -> pollingIn;
            case WEBSOCKET -> webSocketIn;
        };
    }

    private Direction out(TransportKind transport) {
        return switch (transport) {
            case POLLING -> pollingOut;
            case WEBSOCKET -> webSocketOut;
        };
    }

    private static final class Direction {
        private final LongAdder messages = new LongAdder();
        private final LongAdder bytes = new LongAdder();

        void add(int count, long size) {
            messages.add(count);
            bytes.add(size);
        }
    }
}
