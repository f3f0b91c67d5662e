package dev.parley.bench.cluster;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Messages that may be lost because of the faults of a run. No message may come twice or out of order.
 * Times are milliseconds. Safe from any thread.
 */
final class AllowedLosses {
    /** What a killed server had sent this shortly before may never have left it. */
    private static final long IN_FLIGHT = 1_000;
    /** A client notices this late that its server has gone: it counts as dead after 15 s, and a request may wait 5 s more. */
    private static final long UNNOTICED = 20_000;
    /** A client that has come back is in its rooms this much later, at most. */
    private static final long SETTLING = 1_000;

    private record Killed(String node, long at) {}

    private record Away(String node, long from, long to, boolean deaf) {}

    private final List<Killed> killed = new CopyOnWriteArrayList<>();
    private final List<Away> away = new CopyOnWriteArrayList<>();

    /** A server was killed. */
    void killed(String node, long at) {
        killed.add(new Killed(node, at));
    }

    /**
     * A server was not connected to Redis: clients of other servers may miss what it sent.
     *
     * @param deaf whether its own clients may also miss what others sent, as with Pub/Sub
     */
    void away(String node, long from, long to, boolean deaf) {
        away.add(new Away(node, from, to, deaf));
    }

    /**
     * Returns whether a message of {@code sender} to a client of {@code receiver} may be lost.
     *
     * @param left whether the client, which nobody recovers, lost this connection later: its server may not have caught up by then
     */
    boolean cover(String sender, String receiver, long time, boolean left) {
        return killed.stream().anyMatch(one -> one.node().equals(sender) && time >= one.at() - IN_FLIGHT)
                || away.stream()
                        .anyMatch(one -> !sender.equals(receiver) && time >= one.from() && time <= one.to()
                                && (one.node().equals(sender)
                                        || ((one.deaf() || left) && one.node().equals(receiver))));
    }

    /** Returns whether a connection of a client that was open at a time has ended since. */
    static boolean left(List<RunRecord.Connection> connections, long time) {
        return connections.stream()
                .anyMatch(one -> one.from() <= time && one.to() >= time && one.to() < Long.MAX_VALUE);
    }

    /** Returns whether a message may be lost because its receiver, which nobody recovers, was not connected. */
    static boolean coverAbsence(List<RunRecord.Connection> connections, long time) {
        for (int i = 0; i + 1 < connections.size(); i++) {
            if (time >= connections.get(i).to() - UNNOTICED
                    && time <= connections.get(i + 1).from() + SETTLING) {
                return true;
            }
        }
        return !connections.isEmpty() && time >= connections.getLast().to() - UNNOTICED;
    }
}
