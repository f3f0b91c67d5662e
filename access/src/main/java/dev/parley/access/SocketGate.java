package dev.parley.access;

import dev.parley.access.AccessDeniedException.Reason;
import dev.parley.server.Event;
import dev.parley.server.Namespace;
import dev.parley.server.RefusedException;
import dev.parley.server.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Lets sockets join a namespace if their visitors may come in, and ends them when their access expires. Handlers find the visitor with {@link #of}. A client
 * renews its access with the event {@value #RENEW} and {@code {token}}; a token of the same user replaces the former one without a new connection.
 * Thread-safe; each socket has at most one task at the timer.
 */
public final class SocketGate {

    static final String RENEW = "renewAccess";
    private static final String KEY = "dev.parley.identity";
    private static final String TIMER = "dev.parley.access-timer";

    private final VisitorAuth auth;
    private final Timer timer;
    private final InstantSource clock;

    /** Runs a task later; returns what cancels it. */
    @FunctionalInterface
    public interface Timer {
        Runnable in(Duration delay, Runnable task);
    }

    /** @param timer closed with the sockets */
    public SocketGate(VisitorAuth auth, Timer timer, InstantSource clock) {
        this.auth = auth;
        this.timer = timer;
        this.clock = clock;
    }

    /** Guards a namespace from now on. */
    public void guard(Namespace namespace) {
        namespace.use(socket -> socket.data().put(KEY, identity(socket)));
        namespace.onConnection(this::watch);
    }

    /** Returns who the visitor of a socket in a guarded namespace is. */
    public static Identity of(Socket socket) {
        return (Identity) Objects.requireNonNull(socket.data().get(KEY));
    }

    private Identity identity(Socket socket) throws RefusedException {
        try {
            return auth.identify(auth.credentials(socket.handshake()));
        } catch (AccessDeniedException denied) {
            throw new RefusedException(denied.sentence(), Map.of("reason", denied.reason().text()));
        }
    }

    private void watch(Socket socket) {
        schedule(socket);
        socket.on(RENEW, event -> renew(socket, event));
        socket.onDisconnect(reason -> replaceTimer(socket, () -> {}));
    }

    private void schedule(Socket socket) {
        of(socket).until()
                .ifPresent(until -> replaceTimer(socket,
                        timer.in(Duration.between(clock.instant(), until), () -> expired(socket))));
    }

    private static void replaceTimer(Socket socket, Runnable cancel) {
        if (socket.data().put(TIMER, cancel) instanceof Runnable former) {
            former.run();
        }
    }

    private void renew(Socket socket, Event event) {
        String token = event.json(0).path("token").asString("");
        Identity former = of(socket);
        try {
            Identity renewed = auth.identify(auth.credentials(socket.handshake()).withToken(token));
            if (!renewed.visitor().user().equals(former.visitor().user())) {
                throw new AccessDeniedException(Reason.INVALID, "This access is another user's.");
            }
            var unused = renewed.admitted().get(); // the present conversation goes on
            socket.data().put(KEY, renewed);
            schedule(socket);
            if (!socket.connected()) {
                replaceTimer(socket, () -> {});
            }
            if (event.wantsAck()) {
                var answer = new HashMap<String, Object>(Map.of("success", true));
                renewed.until().ifPresent(until -> answer.put("expires", until.toString()));
                event.ack(answer);
            }
        } catch (AccessDeniedException denied) {
            if (event.wantsAck()) {
                event.ack(Map.of("success", false, "error", denied.sentence(), "reason",
                        denied.reason().text()));
            }
        }
    }

    /** Never waits: others need the timer's thread. */
    private static void expired(Socket socket) {
        socket.tryEmit("error", Map.of("type", Reason.EXPIRED.text(), "message",
                "Your access has expired. Reload the page to go on."));
        socket.disconnect(true);
    }
}
