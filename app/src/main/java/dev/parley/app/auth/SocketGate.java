package dev.parley.app.auth;

import dev.parley.server.Namespace;
import dev.parley.server.RefusedException;
import dev.parley.server.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Lets sockets join a namespace if their visitors may come in, and ends them when their access expires. Handlers find the visitor with {@link #of}.
 * Thread-safe; each socket has at most one task at the timer.
 */
public final class SocketGate {

    private static final String KEY = "dev.parley.identity";

    private final VisitorAuth auth;
    private final Timer timer;
    private final InstantSource clock;

    /** @param timer closed with the sockets */
    public SocketGate(VisitorAuth auth, Timer timer, InstantSource clock) {
        this.auth = auth;
        this.timer = timer;
        this.clock = clock;
    }

    /** Runs a task later; returns what cancels it. */
    @FunctionalInterface
    public interface Timer {
        Runnable in(Duration delay, Runnable task);
    }

    /** Guards a namespace from now on. */
    public void guard(Namespace namespace) {
        namespace.use(socket -> socket.data().put(KEY, admitted(socket)));
        namespace.onConnection(this::watch);
    }

    /** Returns who the visitor of a socket in a guarded namespace is. */
    public static Identity of(Socket socket) {
        return (Identity) socket.data().get(KEY);
    }

    private Identity admitted(Socket socket) throws RefusedException {
        try {
            return auth.identify(Credentials.of(socket.handshake()));
        } catch (AccessDeniedException denied) {
            throw new RefusedException(denied.sentence(), Map.of("reason", denied.reason().text()));
        }
    }

    private void watch(Socket socket) {
        of(socket).until().ifPresent(until -> {
            Runnable cancel = timer.in(Duration.between(clock.instant(), until), () -> expired(socket));
            socket.onDisconnect(reason -> cancel.run());
        });
    }

    private static void expired(Socket socket) {
        // The alarm's thread must not wait for a slow client.
        Thread.ofVirtual().name("access-expired").start(() -> {
            socket.tryEmit("error", Map.of("type", AccessDeniedException.Reason.EXPIRED.text(), "message",
                    "Your access has expired. Reload the page to go on."));
            socket.disconnect(true);
        });
    }
}
