package dev.parley.cluster.core;

import java.util.HashSet;
import java.util.Set;

/**
 * How many of the servers that were asked have responded. Responses may come before it is known how many were asked. Not thread-safe: its
 * request's lock guards it.
 */
final class RollCall {
    private final Set<String> responded = new HashSet<>();
    private int asked = Integer.MAX_VALUE;
    private int unnamed;

    /** Says how many were asked. */
    void asked(int servers) {
        asked = servers;
    }

    /** Notes a response. Returns false if this server has responded before, which is known only of servers with a name. */
    boolean responded(String name) {
        if (name.isEmpty()) {
            unnamed++;
            return true;
        }
        return responded.add(name);
    }

    /** Returns whether as many have responded as were asked. */
    boolean complete() {
        return responses() >= asked;
    }

    /** Returns the number of servers that responded. */
    int responses() {
        return unnamed + responded.size();
    }
}
