package dev.parley.server.internal.core;

import dev.parley.server.HttpEngine;
import dev.parley.server.ListenOptions;
import dev.parley.server.SocketIoServer;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The port on which one server listens by itself: {@code Idle → Opening → Open → Closed}; back from {@code Opening} to {@code Idle} when
 * it cannot listen, and to {@code Closed} from everywhere. Safe from any thread.
 */
final class ListeningPort {
    private final AtomicReference<State> state = new AtomicReference<>(Phase.IDLE);

    /** Listens. Blocks until clients can connect, and returns the port. */
    int open(SocketIoServer server, ListenOptions options) {
        if (!state.compareAndSet(Phase.IDLE, Phase.OPENING)) {
            throw new IllegalStateException("this server " + switch (Objects.requireNonNull(state.get())) {
                case Open open -> "listens on port " + open.listening().port() + " already";
                case Phase.CLOSED -> "is closed and cannot listen again";
                case Phase other -> "begins to listen already";
            });
        }
        HttpEngine.Listening listening;
        try {
            listening = engine().listen(server, options);
        } catch (RuntimeException | Error e) {
            state.compareAndSet(Phase.OPENING, Phase.IDLE);
            throw e;
        }
        if (!state.compareAndSet(Phase.OPENING, new Open(listening))) {
            listening.close();
            throw new IllegalStateException("this server was closed while it began to listen");
        }
        return listening.port();
    }

    void close() {
        if (state.getAndSet(Phase.CLOSED) instanceof Open open) {
            open.listening().close();
        }
    }

    private static HttpEngine engine() {
        return first(HttpEngine.class.getClassLoader())
                .or(() -> first(Thread.currentThread().getContextClassLoader()))
                .orElseThrow(() -> new IllegalStateException("There is no HTTP engine on the class path: "
                        + "add the dependency dev.parley:parley-server-vertx"));
    }

    private static Optional<HttpEngine> first(ClassLoader loader) {
        return ServiceLoader.load(HttpEngine.class, loader).findFirst();
    }

    private sealed interface State {}

    private enum Phase implements State {
        IDLE,
        OPENING,
        CLOSED
    }

    private record Open(HttpEngine.Listening listening) implements State {}
}
