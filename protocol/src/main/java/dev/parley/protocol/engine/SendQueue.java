package dev.parley.protocol.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Packets that wait for the client, and the weight of poll responses that are on their way to it. Bounded in bytes, both together, each
 * packet counted with what it takes beside its data, so that many small ones cannot pass for few. The largest event since the queue was
 * empty, and the largest response on its way, do not count against the bound, so that an event of any size passes, and the small ones
 * behind it do too.
 */
final class SendQueue {
    /** A record, its text or bytes, and the place in the list. */
    private static final int OVERHEAD = 64;
    /** Smallest limit of a poll response, in bytes. */
    private static final long MIN_RESPONSE = 64 * 1024;

    private final long bound;
    private final long maxResponse;
    private List<EnginePacket> packets = new ArrayList<>(0);
    private long weight;
    private long shared;
    private long largest;
    private long leaving;
    private long largestLeaving;

    SendQueue(long bound) {
        this.bound = bound;
        this.maxResponse = Math.max(MIN_RESPONSE, bound / 4);
    }

    static long weight(List<EnginePacket> packets) {
        long sum = 0;
        for (int i = 0; i < packets.size(); i++) {
            sum += weight(packets.get(i));
        }
        return sum;
    }

    private static long weight(EnginePacket packet) {
        return packet.weight() + (long) OVERHEAD;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Adds packets, among them an event of this weight at most; false when the bound is passed. */
    boolean addAll(List<EnginePacket> more, long sharedWeight, long largestEvent) {
        long added = weight(more);
        weight += added;
        shared += sharedWeight;
        largest = Math.max(largest, Math.min(added, largestEvent));
        packets.addAll(more);
        return weight - largest + leaving - largestLeaving <= bound;
    }

    /** Whether a poll response may leave beside those on their way. One alone may have any size. */
    boolean letsOut(List<EnginePacket> response) {
        return leaving == 0 || leaving + weight(response) <= bound;
    }

    /** A poll response is on its way, and counts until it has {@link #left}. */
    void leaves(List<EnginePacket> response) {
        long more = weight(response);
        leaving += more;
        largestLeaving = Math.max(largestLeaving, more);
    }

    /** A poll response of this weight waits no more. */
    void left(long response) {
        leaving -= response;
        largestLeaving = Math.min(largestLeaving, leaving);
    }

    long weight() {
        return weight + leaving;
    }

    /** Bytes of the weight that other sessions hold too. */
    long shared() {
        return shared;
    }

    /** Takes all packets. */
    List<EnginePacket> drain() {
        var drained = packets;
        packets = new ArrayList<>(0);
        weight = 0;
        shared = 0;
        largest = 0;
        return drained;
    }

    /** Takes the packets of one poll response: as many as fit into a quarter of the bound, at least one. */
    List<EnginePacket> drainResponse() {
        return drain(maxResponse);
    }

    /** Takes as many packets as fit into this weight, at least one. */
    List<EnginePacket> drain(long most) {
        if (weight <= most) {
            return drain();
        }
        long taken = 0;
        int count = 0;
        while (count < packets.size()) {
            long next = weight(packets.get(count));
            if (count > 0 && taken + next > most) {
                break;
            }
            taken += next;
            count++;
        }
        if (count == packets.size()) {
            return drain();
        }
        var first = List.copyOf(packets.subList(0, count));
        packets = new ArrayList<>(packets.subList(count, packets.size()));
        shared -= (long) (shared * ((double) taken / weight));
        weight -= taken;
        return first;
    }
}
