package dev.parley.server.adapter;

import dev.parley.protocol.engine.EnginePacket;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packets of a broadcast, and how many sessions they went to, so that the memory they take is not counted for each of them anew.
 * Immutable but for that number; any thread.
 */
public final class SharedPackets extends AbstractList<EnginePacket> implements RandomAccess {
    private final List<EnginePacket> packets;
    private final int weight;
    private final AtomicInteger receivers = new AtomicInteger();

    /** Packets that nobody holds yet. */
    public SharedPackets(List<EnginePacket> packets) {
        this.packets = List.copyOf(packets);
        int sum = 0;
        for (EnginePacket packet : packets) {
            sum += packet.weight();
        }
        this.weight = sum;
    }

    /** Counts one more receiver. Returns the bytes of the packets, in its own queue, that others hold too. */
    public int sharedWeight() {
        return weight - weight / receivers.incrementAndGet();
    }

    @Override
    public EnginePacket get(int index) {
        return packets.get(index);
    }

    @Override
    public int size() {
        return packets.size();
    }
}
