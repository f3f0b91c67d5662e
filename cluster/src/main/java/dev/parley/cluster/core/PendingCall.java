package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import dev.parley.server.adapter.AckCollector;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Passes the acknowledgements of clients of other servers on to a collector. Never more of a server than it announced. Safe from any thread.
 */
final class PendingCall implements PendingRequest {
    private final AckCollector collector;
    private final RollCall roll = new RollCall();
    /** Clients that have yet to answer, for each server that said how many it asked. */
    private final Map<String, Integer> open = new HashMap<>();
    private boolean ended;

    PendingCall(AckCollector collector) {
        this.collector = collector;
    }

    @Override
    public void asked(int servers) {
        synchronized (this) {
            roll.asked(servers);
        }
        collector.servers(1 + servers);
    }

    @Override
    public void notSent() {
        collector.servers(1);
    }

    @Override
    public void responded(String sender, ClusterMessage.Response response) {
        switch (response) {
            case ClusterMessage.ClientCount count -> {
                synchronized (this) {
                    if (!roll.responded(sender)) {
                        return;
                    }
                    open.merge(RollCall.server(sender), count.clients(), Integer::sum);
                }
                collector.expect(count.clients());
            }
            case ClusterMessage.ClientAck ack -> {
                synchronized (this) {
                    String server = RollCall.server(sender);
                    if (open.getOrDefault(server, 0) <= 0) {
                        return; // a server that never said how many it asked, or more than it asked
                    }
                    open.merge(server, -1, Integer::sum);
                }
                collector.answered(ack.reply());
            }
            case ClusterMessage.Sockets other -> {}
            case ClusterMessage.SocketIds other -> {}
            case ClusterMessage.RoomNames other -> {}
            case ClusterMessage.ServerReply other -> {}
        }
    }

    @Override
    public void left(String peer) {
        boolean silent;
        int clients;
        synchronized (this) {
            silent = roll.responded(peer);
            clients = Objects.requireNonNullElse(open.remove(peer), 0);
        }
        if (silent) {
            collector.expect(0);
        }
        for (int i = 0; i < clients; i++) {
            collector.unanswered();
        }
    }

    @Override
    public void expired() {
        synchronized (this) {
            ended = true;
        }
    }

    @Override
    public synchronized boolean done() {
        return ended || (roll.complete() && open.values().stream().allMatch(rest -> rest <= 0));
    }
}
