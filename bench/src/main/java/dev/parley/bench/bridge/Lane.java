package dev.parley.bench.bridge;

import java.util.function.LongConsumer;

/** Conversations held side by side, in one way of holding them. The stand-in sends each piece of sound straight back. */
interface Lane extends AutoCloseable {

    /** What the table calls it. */
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
         * @param port    where the stand-in listens
         * @param latency is told of each piece that came back how many nanoseconds it took
         */
        Lane open(int conversations, String port, LongConsumer latency) throws InterruptedException;
    }
}
