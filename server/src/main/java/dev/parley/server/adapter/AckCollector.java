package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;

/** Gathers the answers to a broadcast. Safe from any thread. */
public interface AckCollector {
    /**
     * The number of servers that are asked, this one included; called at most once, before or after calls of {@link #expect}. A collector
     * of a broadcast is not complete before.
     */
    void servers(int count);

    /** One server says how many it has asked; at most once from each. */
    void expect(int clients);

    /** One of those asked has answered. */
    void answered(Arguments reply);

    /** One of those asked will not answer: it left, or its time is over. */
    void unanswered();
}
