package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import dev.parley.server.adapter.AckCollector;

/** Passes the replies of other servers' applications on to a collector. Safe from any thread. */
final class PendingServerCall implements PendingRequest {
    private final AckCollector collector;
    private final RollCall roll = new RollCall();
    private boolean ended;

    PendingServerCall(AckCollector collector) {
        this.collector = collector;
    }

    @Override
    public void asked(int servers) {
        synchronized (this) {
            roll.asked(servers);
        }
        collector.expect(servers);
    }

    @Override
    public void notSent() {
        collector.expect(0);
    }

    @Override
    public void responded(String sender, ClusterMessage.Response response) {
        if (response instanceof ClusterMessage.ServerReply reply) {
            synchronized (this) {
                if (!roll.responded(sender)) {
                    return;
                }
            }
            collector.answered(reply.reply());
        }
    }

    @Override
    public void left(String peer) {
        synchronized (this) {
            if (!roll.responded(peer)) {
                return;
            }
        }
        collector.unanswered();
    }

    @Override
    public synchronized void expired() {
        ended = true;
    }

    @Override
    public synchronized boolean done() {
        return ended || roll.complete();
    }
}
