package dev.parley.bench.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The record of a run: what servers and clients said that they sent, handled and received. Times are milliseconds of the machine's clock,
 * which all processes share. Safe from any thread.
 */
final class RunRecord {
    /** Who sends to whom: a room, or one client, and the server that numbers what it sends there. */
    record Lane(String channel, String node) {}

    /** What one client got on one lane. */
    record Receipt(int client, Lane lane) {}

    /** The events of one client that servers handled, and those that were acknowledged to it. */
    static final class Upstream {
        final ReceivedSequence handled = new ReceivedSequence();
        final Set<Integer> seen = new HashSet<>();
        final Set<Integer> acknowledged = new HashSet<>();
        final Set<Integer> unacknowledged = new HashSet<>();
    }

    /** One connection of a client: from the time when it was accepted to the time when the client noticed its end. */
    record Connection(long from, long to, boolean recovered) {}

    private final Map<Lane, List<Long>> sent = new HashMap<>();
    private final Map<Receipt, ReceivedSequence> received = new HashMap<>();
    private final Map<Integer, Upstream> upstream = new TreeMap<>();
    private final Map<Integer, List<Connection>> connections = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, String>> servers = new HashMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<String> unread = new ArrayList<>();
    private int questions;
    private int unanswered;
    private long delivered;
    private long activity;

    /** Reads a line of a server: {@code H client n}, {@code S channel n time}, {@code J client time}, {@code K replies}. */
    synchronized void server(String node, String line) {
        var words = List.of(line.split(" ", -1));
        switch (words.getFirst()) {
            case "H" -> handled(number(words, 1), number(words, 2));
            case "S" -> {
                var times = sent.computeIfAbsent(new Lane(words.get(1), node), fresh -> new ArrayList<>());
                times.add(Long.parseLong(words.get(3)));
                if (times.size() != number(words, 2)) {
                    unread.add(node + " numbered wrongly: " + line);
                }
            }
            case "J" -> servers.computeIfAbsent(number(words, 1), fresh -> new TreeMap<>())
                    .put(Long.parseLong(words.get(2)), node);
            case "K" -> {
                questions++;
                unanswered += number(words, 1) == 1 ? 0 : 1;
            }
            default -> {
                // A line for other readers.
            }
        }
        activity++;
    }

    /**
     * Reads a line of the clients: {@code C client recovered time}, {@code D client time reason}, {@code X client reason}, {@code A client n},
     * {@code E client n}, {@code R client channel node n}.
     */
    synchronized void client(String line) {
        var words = List.of(line.split(" ", -1));
        switch (words.getFirst()) {
            case "R" -> {
                var lane = new Lane(words.get(2), words.get(3));
                received.computeIfAbsent(new Receipt(number(words, 1), lane), fresh -> new ReceivedSequence())
                        .add(number(words, 4));
                delivered++;
                activity++;
            }
            case "A" -> upstream(number(words, 1)).acknowledged.add(number(words, 2));
            case "E" -> upstream(number(words, 1)).unacknowledged.add(number(words, 2));
            case "C" -> connected(number(words, 1),
                    new Connection(Long.parseLong(words.get(3)), Long.MAX_VALUE, words.get(2).equals("1")));
            case "D" -> {
                disconnected(number(words, 1), Long.parseLong(words.get(2)));
                reasons.merge(String.join(" ", words.subList(3, words.size())), 1, Integer::sum);
            }
            case "X" -> reasons.merge("refused: " + String.join(" ", words.subList(2, words.size())), 1,
                    Integer::sum);
            default -> {
                // A line for other readers.
            }
        }
    }

    private void handled(int client, int number) {
        var one = upstream(client);
        one.handled.add(number);
        one.seen.add(number);
    }

    private void connected(int client, Connection connection) {
        connections.computeIfAbsent(client, fresh -> new ArrayList<>()).add(connection);
    }

    private void disconnected(int client, long time) {
        var all = connections.getOrDefault(client, new ArrayList<>());
        if (!all.isEmpty()) {
            var last = all.removeLast();
            all.add(new Connection(last.from(), time, last.recovered()));
        }
    }

    private Upstream upstream(int client) {
        return upstream.computeIfAbsent(client, fresh -> new Upstream());
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }

    /** Returns the times at which the messages of each lane were sent, in the order of their numbers. */
    synchronized Map<Lane, List<Long>> sent() {
        return Collections.unmodifiableMap(sent);
    }

    synchronized ReceivedSequence received(int client, Lane lane) {
        return received.getOrDefault(new Receipt(client, lane), new ReceivedSequence());
    }

    /** Whether each message has reached all that are in its channel. */
    synchronized boolean complete(PromiseChecks.Members members) {
        return sent.entrySet()
                .stream()
                .allMatch(lane -> members.of(lane.getKey().channel())
                        .stream()
                        .allMatch(client -> received(client, lane.getKey()).missing(lane.getValue().size())
                                .isEmpty()));
    }

    synchronized Map<Integer, Upstream> upstream() {
        return Collections.unmodifiableMap(upstream);
    }

    /** All clients that were connected, or whose events were handled. */
    synchronized Set<Integer> clients() {
        var clients = new TreeSet<>(connections.keySet());
        clients.addAll(upstream.keySet());
        return clients;
    }

    /** The connections of a client, in their order. */
    synchronized List<Connection> connections(int client) {
        return List.copyOf(connections.getOrDefault(client, List.of()));
    }

    /** The server that a client was at, at a time; empty text when it was at none yet. */
    synchronized String serverOf(int client, long time) {
        var known = servers.getOrDefault(client, new TreeMap<>()).floorEntry(time);
        return known == null ? "" : known.getValue();
    }

    /** How often clients were disconnected or refused, by reason. */
    synchronized Map<String, Integer> reasons() {
        return Map.copyOf(reasons);
    }

    synchronized int questions() {
        return questions;
    }

    /** Questions of servers to one client that did not get exactly one reply. */
    synchronized int unanswered() {
        return unanswered;
    }

    synchronized long delivered() {
        return delivered;
    }

    /** Grows with everything that servers or clients receive. */
    synchronized long activity() {
        return activity;
    }

    /** Lines that contradict the rig's own rules. */
    synchronized List<String> contradictions() {
        return List.copyOf(unread);
    }
}
