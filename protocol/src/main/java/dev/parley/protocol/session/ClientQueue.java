package dev.parley.protocol.session;

import dev.parley.protocol.engine.EnginePacket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The packets that a client has not sent yet. Unlimited: its owner limits what it sends. Not thread-safe. */
final class ClientQueue {
    private static final int PACKET_OVERHEAD = 8;

    private final ArrayDeque<EnginePacket> packets = new ArrayDeque<>();

    boolean isEmpty() {
        return packets.isEmpty();
    }

    void addAll(List<EnginePacket> more) {
        packets.addAll(more);
    }

    void clear() {
        packets.clear();
    }

    /** Removes and returns as many packets as fit into a request body of this size, at least one. */
    List<EnginePacket> take(long maxBytes) {
        var batch = new ArrayList<EnginePacket>();
        long taken = 0;
        while (!packets.isEmpty() && (batch.isEmpty() || taken + size(packets.getFirst()) <= maxBytes)) {
            var packet = packets.removeFirst();
            taken += size(packet);
            batch.add(packet);
        }
        return batch;
    }

    /** Returns the maximum size of a packet in a polling payload: bytes as base64, text as UTF-8. */
    static long size(EnginePacket packet) {
        return PACKET_OVERHEAD + switch (packet) {
            case EnginePacket.Message message -> utf8(message.text());
            case EnginePacket.Binary binary -> (binary.data().length + 2) / 3 * 4L;
            case EnginePacket.Open open -> utf8(open.json());
            case EnginePacket.Ping ping -> ping.data().length();
            case EnginePacket.Pong pong -> pong.data().length();
            case EnginePacket.Close close -> 0;
            case EnginePacket.Upgrade upgrade -> 0;
            case EnginePacket.Noop noop -> 0;
        };
    }

    private static long utf8(String text) {
        long length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 0 : c < 0x800 ? 1 : Character.isSurrogate(c) ? 1 : 2;
        }
        return length;
    }
}
