package dev.parley.server.internal.connection;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Handshake;
import dev.parley.server.RefusedException;
import dev.parley.server.ServerListener;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.internal.context.ServerContext;
import dev.parley.server.internal.handler.HandlerQueue;
import dev.parley.server.internal.json.RefusalJson;
import dev.parley.server.internal.namespace.Namespaces;
import dev.parley.server.internal.namespace.ServedNamespace;
import dev.parley.server.internal.socket.ClientSocket;
import dev.parley.server.internal.socket.ReplayBuffer;
import dev.parley.server.internal.socket.UnderlyingConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request of a client to join a namespace: finds the namespace, or creates it by rule, and runs its middleware. */
final class NamespaceJoin {
    static final String INVALID = "{\"message\":\"Invalid namespace\"}";
    private static final String FAILED = "{\"message\":\"Internal error\"}";

    private static final int RESTORE_SECONDS = 5;

    private final ServerContext server;
    private final Namespaces namespaces;
    private final Handshake handshake;
    private final UnderlyingConnection underlying;
    private final String name;
    private final String id;
    private final HandlerQueue handlerQueue;
    private volatile Optional<ClientSocket> socket = Optional.empty();

    NamespaceJoin(ServerContext server, Namespaces namespaces, Handshake handshake,
            UnderlyingConnection underlying, String name) {
        this.server = server;
        this.namespaces = namespaces;
        this.handshake = handshake;
        this.underlying = underlying;
        this.name = name;
        this.id = server.socketId();
        this.handlerQueue = new HandlerQueue(underlying.load(), this::failed, server.options().slowHandler(),
                (event, took, inline) -> server.handlerSlow(id, event, took, inline),
                server.blockingCalls().handlerThreads(), System::nanoTime);
    }

    /** Creates a socket for a client that recovers none. */
    ClientSocket fresh(ServedNamespace namespace) {
        return fresh(namespace, null);
    }

    private ClientSocket fresh(ServedNamespace namespace, @Nullable ReplayBuffer replay) {
        String pid = namespace.recovery().isPresent() ? server.socketId() : null;
        var made = new ClientSocket(id, namespace, handshake, underlying, handlerQueue, pid, replay, false);
        socket = Optional.of(made);
        return made;
    }

    /** Decides on the socket's virtual thread, since rules and middleware may block. */
    void decide(Optional<ServedNamespace> known, Verdict verdict) {
        handlerQueue.run("middleware", () -> {
            var namespace = known.isPresent() ? known : found(verdict);
            if (namespace.isEmpty()) {
                verdict.refuse(INVALID, ServerListener.ConnectFailure.NAMESPACE);
            } else {
                decide(namespace.get(), verdict);
            }
        });
    }

    /** Returns the namespace that a rule allows. If a rule throws, the client is refused: it would wait for ever otherwise. */
    private Optional<ServedNamespace> found(Verdict verdict) {
        boolean asked = false;
        try {
            var namespace = namespaces.enter(name, handshake);
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
        boolean lost = false;
        try {
            var missed = restore(namespace);
            var made = socket.orElseGet(() -> fresh(namespace, replayBuffer()));
            if (!made.recovered() || !namespace.recovery().orElseThrow().skipMiddlewares()) {
                namespace.admit(made);
            }
            if (!made.overflown()) {
                accepted = verdict.accept(made, missed);
                lost = !accepted;
            }
        } catch (RefusedException e) {
            refusal = RefusalJson.write(e, server.json());
            why = ServerListener.ConnectFailure.AUTH;
        } finally {
            if (!accepted) {
                boolean keep = lost;
                socket.ifPresent(made -> end(made, keep));
                namespaces.leave(namespace);
                verdict.refuse(refusal, why);
            }
        }
    }

    /**
     * Lets out a socket whose client will not join.
     *
     * @param lost whether the connection of its client was lost: the client may recover again what it had recovered
     */
    static void end(ClientSocket socket, boolean lost) {
        socket.end();
        socket.namespace().left(socket);
        if (lost && socket.recovered()) {
            socket.persist();
        }
    }

    /** Recovers a socket that was lost, and returns the events that it missed; none when there is no socket to recover. */
    private List<PreparedEvent> restore(ServedNamespace namespace) throws Exception {
        var auth = namespace.recovery().flatMap(recovery -> handshake.credentials());
        String pid = auth.map(given -> given.path("pid").asString("")).orElse("");
        String offset = auth.map(given -> given.path("offset").asString("")).orElse("");
        var missed = new ArrayList<Arguments>();
        if (!pid.isEmpty() && !offset.isEmpty()) {
            namespace.adapter().restoreSession(pid, offset, restored -> {
                if (resume(namespace, restored.session())) {
                    missed.addAll(restored.missed());
                }
            }).toCompletableFuture().get(RESTORE_SECONDS, TimeUnit.SECONDS);
            if (socket.isEmpty()) {
                namespace.adapter().beginAnew(id, offset);
            }
        }
        // Encoded here, and not while the adapter holds back other broadcasts.
        return missed.stream().map(event -> namespace.prepare(event, BroadcastOptions.ALL)).toList();
    }

    private ReplayBuffer replayBuffer() {
        return new ReplayBuffer(server.options().maxQueuedBytes());
    }

    /** Returns false if the session has more rooms than a socket of this server may have: the client starts anew. */
    private boolean resume(ServedNamespace namespace, PersistedSession session) {
        var rooms = new HashSet<>(session.rooms());
        rooms.add(session.sid());
        if (rooms.size() > server.options().maxRoomsPerSocket()) {
            return false;
        }
        var back = new ClientSocket(session.sid(), namespace, handshake, underlying, handlerQueue,
                session.pid(), replayBuffer(), true);
        back.data().putAll(session.data());
        socket = Optional.of(back);
        namespace.joined(back);
        back.join(session.rooms());
        return true;
    }

    private void failed(String event, Throwable failure) {
        socket.ifPresent(made -> made.failed(event, failure));
        server.handlerFailed(id, event, failure);
    }

    /** The outcome of a request to join. */
    interface Verdict {
        /** Lets the client in; returns false when its session ends. */
        boolean accept(ClientSocket socket, List<PreparedEvent> missed);

        /** Refuses the client, which receives this JSON. */
        void refuse(String json, ServerListener.ConnectFailure why);
    }
}
