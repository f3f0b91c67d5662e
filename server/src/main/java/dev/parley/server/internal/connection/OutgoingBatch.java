package dev.parley.server.internal.connection;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.server.adapter.SharedPackets;
import dev.parley.server.engine.EngineSession;
import java.util.ArrayList;
import java.util.List;

/** Collects the packets of one connection that are sent in one flush. Belongs to the session's loop. */
final class OutgoingBatch {
    private final EngineSession session;
    private List<EnginePacket> packets = List.of();
    /** Whether the batch holds the packets of more than one event. */
    private boolean several;
    private long shared;
    private long largest;
    private boolean holding;

    OutgoingBatch(EngineSession session) {
        this.session = session;
    }

    /** Keeps packets until {@link #release}: the session delivers messages, whose responses can be sent together. */
    void hold() {
        holding = true;
    }

    /** Ends {@link #hold} and sends the packets. */
    void release() {
        holding = false;
        flush();
    }

    /** Adds the packets of one event. A single list is passed on unchanged, so that all receivers of a broadcast share its encoded form. */
    void add(List<EnginePacket> more) {
        if (more instanceof SharedPackets broadcast) {
            shared += broadcast.sharedWeight();
        }
        if (packets.isEmpty()) {
            packets = more;
            return;
        }
        if (!several) {
            several = true;
            largest = weight(packets);
            packets = new ArrayList<>(packets);
        }
        largest = Math.max(largest, weight(more));
        packets.addAll(more);
    }

    /** Sends the packets, unless they are kept, and empties the batch. */
    void flush() {
        if (holding || packets.isEmpty()) {
            return;
        }
        var sent = packets;
        long sharedWeight = shared;
        long largestWeight = several ? largest : Long.MAX_VALUE;
        packets = List.of();
        several = false;
        shared = 0;
        session.send(sent, sharedWeight, largestWeight);
    }

    private static long weight(List<EnginePacket> packets) {
        long sum = 0;
        for (int i = 0; i < packets.size(); i++) {
            sum += packets.get(i).weight();
        }
        return sum;
    }
}
