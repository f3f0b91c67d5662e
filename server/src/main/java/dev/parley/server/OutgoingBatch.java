package dev.parley.server;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.server.adapter.SharedPackets;
import dev.parley.server.engine.EngineSession;
import java.util.ArrayList;
import java.util.List;

/** Packets of one connection that gather, to leave in one flush. Belongs to the session's loop. */
final class OutgoingBatch {
    private List<EnginePacket> packets = List.of();
    /** Whether the packets of more than one event are in it. */
    private boolean several;
    private long shared;
    private long largest;

    /** Adds the packets of one event. Alone, they go on as the list that they are: those who get the same one share what is made of it. */
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

    /** Hands over what has gathered, if anything, and is empty afterwards. */
    void sendTo(EngineSession session) {
        if (packets.isEmpty()) {
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
