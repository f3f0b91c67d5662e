package dev.parley.bench.bridge;

import java.util.function.LongConsumer;

/** Concurrent conversations over one implementation of the bridge. The echo server returns each piece of audio at once. */
interface Lane extends AutoCloseable {

    /** Returns the name in the table. */
    String name();

    /** Sends this conversation's next piece of 32 ms. */
    void send(int conversation);

    @Override
    void close();

    /** Opens a lane. */
    interface Opener {

        /**
         * Opens a lane.
         *
         * @param port    port of the echo server
         * @param latency receives the round-trip time of each piece, in nanoseconds
         */
        Lane open(int conversations, String port, LongConsumer latency) throws InterruptedException;
    }
}
