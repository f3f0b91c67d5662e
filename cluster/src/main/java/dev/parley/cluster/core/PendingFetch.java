package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import dev.parley.server.adapter.SocketDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Collects the sockets of all servers. Safe from any thread. */
final class PendingFetch implements PendingRequest {
    private final CompletableFuture<List<SocketDescription>> result = new CompletableFuture<>();
    private final List<SocketDescription> found;
    private final RollCall roll = new RollCall();

    PendingFetch(List<SocketDescription> local) {
        found = new ArrayList<>(local);
    }

    CompletableFuture<List<SocketDescription>> result() {
        return result;
    }

    @Override
    public void asked(int servers) {
        settle(() -> roll.asked(servers));
    }

    @Override
    public void responded(String sender, ClusterMessage.Response response) {
        if (response instanceof ClusterMessage.Sockets sockets) {
            settle(() -> {
                if (roll.responded(sender)) {
                    found.addAll(sockets.sockets());
                }
            });
        }
    }

    @Override
    public void left(String peer) {
        settle(() -> roll.responded(peer));
    }

    @Override
    public void notSent() {
        result.completeExceptionally(new IllegalStateException(
                "the other servers of the cluster cannot be asked for their sockets"));
    }

    @Override
    public void expired() {
        int responses;
        synchronized (this) {
            responses = roll.responses();
        }
        result.completeExceptionally(new IllegalStateException(
                "not all servers of the cluster responded in time; " + responses + " others did"));
    }

    @Override
    public boolean done() {
        return result.isDone();
    }

    private void settle(Runnable change) {
        List<SocketDescription> all;
        synchronized (this) {
            change.run();
            if (!roll.complete()) {
                return;
            }
            all = List.copyOf(found);
        }
        result.complete(all);
    }
}
