package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;

/** A request of this server that waits for the others. Safe from any thread. */
interface PendingRequest {
    /** The request was sent to so many other servers. */
    void asked(int servers);

    /** The request was not sent. */
    void notSent();

    /** A server responded. */
    void responded(String sender, ClusterMessage.Response response);

    /** One of the servers that were asked has left or died, and will not respond any more. */
    void left(String peer);

    /** The time is over, or the adapter closes. */
    void expired();

    /** Returns whether nothing more is waited for. */
    boolean done();
}
