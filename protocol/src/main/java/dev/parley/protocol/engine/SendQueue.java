package dev.parley.protocol.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Packets that wait for the client, and the weight of answers to polls that are on their way to it. Bounded in bytes, both together, each
 * packet counted with what it takes beside its data, so that many small ones cannot pass for few: what would pass the bound is refused,
 * and the session then ends.
 */
final class SendQueue {
    /** A record, its text or bytes, and the place in the list. */
    private static final int OVERHEAD = 64;

    private final long bound;
    private List<EnginePacket> packets = new ArrayList<>(0);
    private long weight;
    private long leaving;

    SendQueue(long bound) {
        this.bound = bound;
    }

    static long weight(List<EnginePacket> packets) {
        long sum = 0;
        for (EnginePacket packet : packets) {
            sum += packet.weight() + (long) OVERHEAD;
        }
        return sum;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    boolean addAll(List<EnginePacket> more) {
        weight += weight(more);
        packets.addAll(more);
        return weight() <= bound;
    }

    /** Whether an answer may leave beside those on their way. One alone may be as large as it likes. */
    boolean letsOut(List<EnginePacket> answer) {
        return leaving == 0 || leaving + weight(answer) <= bound;
    }

    /** An answer is on its way, and counts until it has {@link #left}. */
    void leaves(List<EnginePacket> answer) {
        leaving += weight(answer);
    }

    /** An answer of this weight waits no more. */
    void left(long answer) {
        leaving -= answer;
    }

    long weight() {
        return weight + leaving;
    }

    List<EnginePacket> drain() {
        var drained = packets;
        packets = new ArrayList<>(0);
        weight = 0;
        return drained;
    }
}
