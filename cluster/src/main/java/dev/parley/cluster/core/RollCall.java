package dev.parley.cluster.core;

import java.util.HashSet;
import java.util.Set;

/**
 * How many of the servers that were asked have responded. Responses may come before it is known how many were asked. Not thread-safe: its
 * request's lock guards it.
 */
final class RollCall {
    /** Of a name of Parley, the part that names the server and not its adapter; names of Node.js have no more. */
    private static final int SERVER_NAME = 16;

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
        return responded.add(server(name));
    }

    /** Returns the server's part of the name of an adapter. */
    static String server(String name) {
        return name.length() <= SERVER_NAME ? name : name.substring(0, SERVER_NAME);
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
