package dev.parley.protocol.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Packets that wait for the client. Bounded in bytes, each packet counted with what it takes beside its data, so that many small ones
 * cannot pass for few: what would pass the bound is refused, and the session then ends.
 */
final class SendQueue {
    /** A record, its text or bytes, and the place in the list. */
    private static final int OVERHEAD = 64;

    private final long bound;
    private List<EnginePacket> packets = new ArrayList<>(0);
    private long weight;

    SendQueue(long bound) {
        this.bound = bound;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    boolean addAll(List<EnginePacket> more) {
        for (EnginePacket packet : more) {
            weight += packet.weight() + (long) OVERHEAD;
        }
        packets.addAll(more);
        return weight <= bound;
    }

    long weight() {
        return weight;
    }

    List<EnginePacket> drain() {
        var drained = packets;
        packets = new ArrayList<>(0);
        weight = 0;
        return drained;
    }
}
