package dev.parley.protocol.session;

import dev.parley.protocol.engine.EnginePacket;
import java.util.ArrayList;
import java.util.List;

/**
 * The queued packets of a session, and the weight of its poll responses that are not sent yet. Limit: their bytes together, with the
 * overhead of each packet, so that many small packets count too. The largest event since the queue was empty and the largest unsent
 * response do not count, so that an event of any size and small ones after it fit. Not thread-safe.
 */
final class SendQueue {
    /** Overhead of a packet in memory, in bytes: its objects, and its place in the list. */
    private static final int OVERHEAD = 64;
    /** Smallest limit of a poll response, in bytes. */
    private static final long MIN_RESPONSE = 64 * 1024;

    private final long limit;
    private final long maxResponse;
    private List<EnginePacket> packets = new ArrayList<>(0);
    private long weight;
    private long shared;
    private long largest;
    private long leaving;
    private long largestLeaving;

    SendQueue(long limit) {
        this.limit = limit;
        this.maxResponse = Math.max(MIN_RESPONSE, limit / 4);
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

    /** Adds packets, whose largest event has this weight; returns false if the limit is exceeded. */
    boolean addAll(List<EnginePacket> more, long sharedWeight, long largestEvent) {
        long added = weight(more);
        weight += added;
        shared += sharedWeight;
        largest = Math.max(largest, Math.min(added, largestEvent));
        packets.addAll(more);
        return weight - largest + leaving - largestLeaving <= limit;
    }

    /** Returns whether a poll response may be sent while others are not sent yet. A single one may have any size. */
    boolean letsOut(List<EnginePacket> response) {
        return leaving == 0 || leaving + weight(response) <= limit;
    }

    /** Counts a poll response until it has {@link #left}. */
    void leaves(List<EnginePacket> response) {
        long more = weight(response);
        leaving += more;
        largestLeaving = Math.max(largestLeaving, more);
    }

    /** Stops counting a poll response of this weight: it was sent or lost. */
    void left(long response) {
        leaving -= response;
        largestLeaving = Math.min(largestLeaving, leaving);
    }

    long weight() {
        return weight + leaving;
    }

    /** Returns the bytes of the weight that other sessions hold too. */
    long shared() {
        return shared;
    }

    /** Removes and returns all packets. */
    List<EnginePacket> drain() {
        var drained = packets;
        packets = new ArrayList<>(0);
        weight = 0;
        shared = 0;
        largest = 0;
        return drained;
    }

    /** Removes and returns the packets of one poll response: at most a quarter of the limit, but at least one packet. */
    List<EnginePacket> drainResponse() {
        return drain(maxResponse);
    }

    /** Removes and returns as many packets as fit into this weight, at least one. */
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
