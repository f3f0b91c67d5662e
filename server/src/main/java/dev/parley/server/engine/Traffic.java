package dev.parley.server.engine;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Messages and bytes of all sessions, since the start. Counting costs two uncontended additions a message. Bytes are those of the packets as
 * {@link EnginePacket#weight} counts them, before framing, compression and TLS; a character of text counts one. Safe from any thread.
 */
public final class Traffic {
    private final Way pollingIn = new Way();
    private final Way pollingOut = new Way();
    private final Way webSocketIn = new Way();
    private final Way webSocketOut = new Way();

    /** Text and binary messages that came from clients. */
    public long messagesIn(TransportKind transport) {
        return in(transport).messages.sum();
    }

    /** Bytes of messages from clients. */
    public long bytesIn(TransportKind transport) {
        return in(transport).bytes.sum();
    }

    /** Text and binary messages that were given to the transport. */
    public long messagesOut(TransportKind transport) {
        return out(transport).messages.sum();
    }

    /** Bytes of messages to clients. */
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

    private Way in(TransportKind transport) {
        return switch (transport) {
            case POLLING -> pollingIn;
            case WEBSOCKET -> webSocketIn;
        };
    }

    private Way out(TransportKind transport) {
        return switch (transport) {
            case POLLING -> pollingOut;
            case WEBSOCKET -> webSocketOut;
        };
    }

    private static final class Way {
        private final LongAdder messages = new LongAdder();
        private final LongAdder bytes = new LongAdder();

        void add(int count, long size) {
            messages.add(count);
            bytes.add(size);
        }
    }
}
