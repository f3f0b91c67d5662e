package dev.parley.bench.cluster;

import dev.parley.bench.cluster.ReceivedSequence.Range;
import dev.parley.bench.cluster.RunRecord.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the record of a run with what was promised. Used by one thread, after the run. */
final class PromiseChecks {
    private static final int EXAMPLES = 3;

    private final RunRecord runRecord;
    private final Members members;
    private final Promise promise;
    private final AllowedLosses allowedLosses;
    private final Map<String, Breach> breaches = new LinkedHashMap<>();
    private long lost;
    private long excused;
    private long doubled;
    private long disordered;
    private int returns;
    private int recovered;

    /** How often a promise was broken, with the first cases. */
    private static final class Breach {
        private final List<String> examples = new ArrayList<>();
        private long count;

        private String text(String what) {
            return what + ": " + count + " times, such as " + String.join("; ", examples);
        }
    }

    /** Who receives what is sent to a channel. */
    interface Members {
        List<Integer> of(String channel);
    }

    /**
     * The counts of a run.
     *
     * @param acknowledged events of clients that were acknowledged
     * @param handled      events of clients that servers handled
     * @param delivered    messages that clients received
     * @param lost         messages that clients should have received, and did not
     * @param excused      messages that were lost, as the promises allow
     * @param returns      reconnections
     * @param recovered    those that were recovered
     * @param faults       the promises that were broken, with examples; empty when all were kept
     */
    record Verdict(long acknowledged, long handled, long delivered, long lost, long excused, long doubled,
            long disordered, int returns, int recovered, List<String> faults) {
        Verdict {
            faults = List.copyOf(faults);
        }

        Verdict withFault(String fault) {
            var more = new ArrayList<>(faults);
            more.addFirst(fault);
            return new Verdict(acknowledged, handled, delivered, lost, excused, doubled, disordered, returns,
                    recovered, more);
        }
    }

    PromiseChecks(RunRecord runRecord, Members members, Promise promise, AllowedLosses allowedLosses) {
        this.runRecord = runRecord;
        this.members = members;
        this.promise = promise;
        this.allowedLosses = allowedLosses;
    }

    /**
     * Returns the verdict.
     *
     * @param statuses statuses of errors in the load balancer's log, with their number
     */
    Verdict check(Map<Integer, Integer> statuses) {
        runRecord.contradictions().forEach(line -> broken("the rig contradicts itself", line));
        long acknowledged = 0;
        long handled = 0;
        for (var each : runRecord.upstream().entrySet()) {
            checkUpstream(each.getKey(), each.getValue());
            acknowledged += each.getValue().acknowledged.size();
            handled += each.getValue().seen.size();
        }
        runRecord.clients().forEach(this::checkConnections);
        runRecord.sent().forEach(this::checkLane);
        if (promise.connected() && runRecord.unanswered() > 0) {
            broken("a question of a server did not get one reply",
                    runRecord.unanswered() + " of " + runRecord.questions());
        }
        if (promise.status() && !statuses.isEmpty()) {
            broken("the load balancer responded with errors", statuses.toString());
        }
        if (acknowledged == 0 || runRecord.delivered() == 0) {
            broken("nothing was delivered, so nothing was shown", "all");
        }
        var faults = breaches.entrySet().stream().map(each -> each.getValue().text(each.getKey())).toList();
        return new Verdict(acknowledged, handled, runRecord.delivered(), lost, excused, doubled, disordered,
                returns, recovered, faults);
    }

    private void checkUpstream(int client, RunRecord.Upstream up) {
        for (int number : up.acknowledged) {
            if (!up.seen.contains(number)) {
                lost++;
                broken("acknowledged and not handled", "client " + client + ", " + number);
            }
        }
        if (runRecord.connections(client).size() == 1 && !up.unacknowledged.isEmpty()) {
            broken("not acknowledged, although the client stayed connected",
                    "client " + client + ", " + up.unacknowledged);
        }
        doubled += up.handled.doubled();
        disordered += up.handled.disordered();
        if (up.handled.doubled() + up.handled.disordered() > 0) {
            broken("handled twice or out of order", "client " + client);
        }
    }

    private void checkConnections(int client) {
        var connections = runRecord.connections(client);
        int came = Math.max(0, connections.size() - 1);
        int whole = (int) connections.stream().skip(1).filter(RunRecord.Connection::recovered).count();
        returns += came;
        recovered += whole;
        if (promise.connected() && came > 0) {
            broken("lost its connection", "client " + client + ", " + came + " times");
        } else if (promise.recovered() && whole < came) {
            broken("came back and was not recovered", "client " + client);
        }
        if (connections.isEmpty() || connections.getLast().to() < Long.MAX_VALUE) {
            broken("did not come back", "client " + client);
        }
    }

    private void checkLane(Lane lane, List<Long> times) {
        for (int client : members.of(lane.channel())) {
            var got = runRecord.received(client, lane);
            doubled += got.doubled();
            disordered += got.disordered();
            if (got.doubled() + got.disordered() > 0) {
                broken("received twice or out of order",
                        "client " + client + " on " + lane.channel() + " from " + lane.node());
            }
            if (got.highest() > times.size()) {
                broken("received what was never sent", "client " + client + " on " + lane.channel());
            }
            for (Range range : got.missing(times.size())) {
                checkMissing(client, lane, range, times);
            }
        }
    }

    private void checkMissing(int client, Lane lane, Range range, List<Long> times) {
        var connections = runRecord.connections(client);
        for (int number = range.first(); number <= range.last(); number++) {
            if (number > times.size()) {
                broken("received what was never sent", "client " + client + " on " + lane);
                return;
            }
            long time = times.get(number - 1);
            boolean left = !promise.recovered() && AllowedLosses.left(connections, time);
            boolean allowed = allowedLosses.cover(lane.node(), runRecord.serverOf(client, time), time, left)
                    || (!promise.recovered() && AllowedLosses.coverAbsence(connections, time));
            if (allowed) {
                excused++;
            } else {
                lost++;
                broken("lost", "client " + client + " on " + lane.channel() + " from " + lane.node() + " "
                        + range + " at " + time);
            }
        }
    }

    private void broken(String what, String which) {
        var breach = breaches.computeIfAbsent(what, fresh -> new Breach());
        breach.count++;
        if (breach.examples.size() < EXAMPLES && !breach.examples.contains(which)) {
            breach.examples.add(which);
        }
    }
}
