package dev.parley.protocol.engine;

import java.util.ArrayList;
import java.util.List;

/** Packets that wait for the client. Bounded in bytes: what would pass the bound is refused, and the session then ends. */
final class SendQueue {
    private final long bound;
    private List<EnginePacket> packets = new ArrayList<>(0);
    private long weight;

    SendQueue(long bound) {
        this.bound = bound;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    long weight() {
        return weight;
    }

    boolean addAll(List<EnginePacket> more) {
        for (EnginePacket packet : more) {
            weight += packet.weight();
        }
        packets.addAll(more);
        return weight <= bound;
    }

    List<EnginePacket> drain() {
        var drained = packets;
        packets = new ArrayList<>(0);
        weight = 0;
        return drained;
    }
}
