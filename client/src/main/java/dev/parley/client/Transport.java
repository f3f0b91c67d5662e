package dev.parley.client;

import dev.parley.protocol.engine.EnginePacket;
import java.io.IOException;
import java.util.List;

/** One way to carry packets. Its owner sends from one thread at a time; it delivers from threads of its own, one at a time. */
interface Transport {

    /** Engine.IO's name for it. */
    String name();

    /** Returns when the packets are on their way, in order. Bounded by the limits' send time. */
    void send(List<EnginePacket> packets) throws IOException, InterruptedException;

    /** Drops the connection at once. Does not wait. */
    void abort();

    /** Where a transport delivers. May block to slow the sender down. */
    interface Sink {

        void received(Transport from, EnginePacket packet) throws InterruptedException;

        /** Nothing follows from this transport. */
        void lost(Transport from, String reason);
    }
}
