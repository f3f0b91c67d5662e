package dev.parley.bench.cluster;

/**
 * The promises of a case, beside the rules that hold in each: nothing comes twice or out of order, and acknowledged events were handled.
 *
 * @param connected whether no client loses its connection
 * @param recovered whether each client that comes back is recovered, and so misses nothing
 * @param status    whether the load balancer sends no status of an error
 */
record Promise(boolean connected, boolean recovered, boolean status) {
    /** For runs without a fault. */
    static final Promise NOTHING_HAPPENS = new Promise(true, true, true);
    /** For a server that leaves in order. */
    static final Promise MOVED = new Promise(false, true, true);
    /** For a server that is killed: who returns is recovered. */
    static final Promise RECOVERED = new Promise(false, true, false);
    /** Who returns is not recovered, or perhaps not. */
    static final Promise REFERENCE = new Promise(false, false, false);
}
