package dev.parley.server;

import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.RestoredSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Decides on one client that asks to join a namespace: finds it, or makes it by rule, and runs its middleware. */
final class Admission {
    static final String INVALID = "{\"message\":\"Invalid namespace\"}";
    private static final String FAILED = "{\"message\":\"Internal error\"}";

    private static final int RESTORE_SECONDS = 5;

    private final ServerCore server;
    private final Handshake handshake;
    private final Outlet outlet;
    private final String name;
    private final String id;
    private final Mailbox mailbox;
    private volatile Optional<ClientSocket> socket = Optional.empty();

    Admission(ServerCore server, Handshake handshake, Outlet outlet, String name) {
        this.server = server;
        this.handshake = handshake;
        this.outlet = outlet;
        this.name = name;
        this.id = server.socketId();
        this.mailbox = new Mailbox(outlet.load(), this::failed, server.options().slowHandler(),
                (event, took, inline) -> server.handlerSlow(id, event, took, inline), server.handlerThreads(),
                System::nanoTime);
    }

    /** A socket that has not been here before. */
    ClientSocket fresh(ServedNamespace namespace) {
        return fresh(namespace, null);
    }

    private ClientSocket fresh(ServedNamespace namespace, @Nullable Held held) {
        String pid = namespace.recovery().isPresent() ? server.socketId() : null;
        var made = new ClientSocket(id, namespace, handshake, outlet, mailbox, pid, held, false);
        socket = Optional.of(made);
        return made;
    }

    /** On the socket's virtual thread, since rules and middleware may block. */
    void decide(Optional<ServedNamespace> known, Verdict verdict) {
        mailbox.run("middleware", () -> {
            var namespace = known.isPresent() ? known : found(verdict);
            if (namespace.isEmpty()) {
                verdict.refuse(INVALID, ServerListener.ConnectFailure.NAMESPACE);
            } else {
                decide(namespace.get(), verdict);
            }
        });
    }

    /** One that a rule allows. A rule that fails is told to the client, which would wait for ever otherwise. */
    private Optional<ServedNamespace> found(Verdict verdict) {
        boolean asked = false;
        try {
            var namespace = server.namespaces().enter(name, handshake);
            asked = true;
            return namespace;
        } finally {
            if (!asked) {
                verdict.refuse(FAILED, ServerListener.ConnectFailure.ERROR);
            }
        }
    }

    private void decide(ServedNamespace namespace, Verdict verdict) throws Exception {
        String refusal = FAILED;
        var why = ServerListener.ConnectFailure.ERROR;
        boolean accepted = false;
        try {
            var missed = restore(namespace);
            var made = socket.orElseGet(() -> fresh(namespace, held()));
            if (!made.recovered() || !namespace.recovery().orElseThrow().skipMiddlewares()) {
                namespace.admit(made);
            }
            accepted = !made.overflown() && verdict.accept(made, missed);
        } catch (RefusedException e) {
            refusal = e.json(server.json());
            why = ServerListener.ConnectFailure.AUTH;
        } finally {
            if (!accepted) {
                socket.ifPresent(made -> {
                    made.end();
                    namespace.left(made);
                });
                server.namespaces().leave(namespace);
                verdict.refuse(refusal, why);
            }
        }
    }

    /** Brings back a socket that was lost, with what it missed; nothing when there is none to bring back. */
    private List<PreparedEvent> restore(ServedNamespace namespace) throws Exception {
        var auth = namespace.recovery().flatMap(recovery -> handshake.credentials());
        String pid = auth.map(given -> given.path("pid").asString("")).orElse("");
        String offset = auth.map(given -> given.path("offset").asString("")).orElse("");
        var missed = new ArrayList<PreparedEvent>();
        if (!pid.isEmpty() && !offset.isEmpty()) {
            namespace.adapter()
                    .restoreSession(pid, offset, restored -> resume(namespace, restored, missed))
                    .toCompletableFuture()
                    .get(RESTORE_SECONDS, TimeUnit.SECONDS);
        }
        return missed;
    }

    private Held held() {
        return new Held(server.options().maxQueuedBytes());
    }

    private void resume(ServedNamespace namespace, RestoredSession restored, List<PreparedEvent> missed) {
        var session = restored.session();
        var back = new ClientSocket(session.sid(), namespace, handshake, outlet, mailbox, session.pid(),
                held(), true);
        back.data().putAll(session.data());
        restored.missed().forEach(event -> missed.add(namespace.prepare(event, BroadcastOptions.ALL)));
        socket = Optional.of(back);
        namespace.joined(back);
        back.join(session.rooms());
    }

    private void failed(String event, Throwable failure) {
        socket.ifPresent(made -> made.failed(event, failure));
        server.handlerFailed(id, event, failure);
    }

    /** What became of it. */
    interface Verdict {
        /** False when the connection takes nothing any more. */
        boolean accept(ClientSocket socket, List<PreparedEvent> missed);

        void refuse(String json, ServerListener.ConnectFailure why);
    }
}
