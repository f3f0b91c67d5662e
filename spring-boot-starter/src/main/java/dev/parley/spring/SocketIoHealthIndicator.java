package dev.parley.spring;

import dev.parley.spring.SocketIoServerLifecycle.State;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP while the server listens, OUT_OF_SERVICE while it drains, DOWN otherwise. Thread-safe. */
final class SocketIoHealthIndicator extends AbstractHealthIndicator {
    private final IntSupplier sessions;
    private final Supplier<State> state;
    private final IntSupplier port;

    SocketIoHealthIndicator(IntSupplier sessions, Supplier<State> state, IntSupplier port) {
        super("Socket.IO health check failed");
        this.sessions = sessions;
        this.state = state;
        this.port = port;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        switch (state.get()) {
            case LISTENING ->
                health.up().withDetail("port", port.getAsInt()).withDetail("sessions", sessions.getAsInt());
            case DRAINING -> health.outOfService().withDetail("sessions", sessions.getAsInt());
            case IDLE, CLOSED -> health.down().withDetail("reason", "does not listen");
        }
    }
}
