package dev.parley.cluster.broker;

import dev.parley.cluster.core.Broker;
import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.message.ClusterMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A broker that does not throw: a message that cannot be encoded is counted as dropped, and does not keep the sockets of this server from
 * receiving it. Safe from any thread.
 */
public final class GuardedBroker implements Broker {
    private final Broker broker;
    private final Traffic traffic;

    /** Guards a broker that has not been started. */
    public GuardedBroker(Broker broker, Traffic traffic) {
        this.broker = broker;
        this.traffic = traffic;
    }

    @Override
    public void start() {
        broker.start();
    }

    @Override
    public void send(ClusterMessage message) {
        try {
            broker.send(message);
        } catch (RuntimeException e) {
            traffic.countUnsendable(e);
        }
    }

    @Override
    public CompletionStage<Integer> ask(ClusterMessage.Request request) {
        try {
            return broker.ask(request);
        } catch (RuntimeException e) {
            traffic.countUnsendable(e);
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public void respond(String to, ClusterMessage.Response response) {
        try {
            broker.respond(to, response);
        } catch (RuntimeException e) {
            traffic.countUnsendable(e);
        }
    }

    @Override
    public void roomCreated(String room) {
        broker.roomCreated(room);
    }

    @Override
    public void roomDeleted(String room) {
        broker.roomDeleted(room);
    }

    @Override
    public Optional<RecoveryLog> recoveryLog() {
        return broker.recoveryLog();
    }

    @Override
    public int serverCount() {
        return broker.serverCount();
    }

    @Override
    public void close() {
        broker.close();
    }
}
