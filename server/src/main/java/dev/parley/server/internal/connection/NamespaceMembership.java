package dev.parley.server.internal.connection;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.server.Event;
import dev.parley.server.internal.handler.HandlerQueue;
import dev.parley.server.internal.namespace.ServedNamespace;
import dev.parley.server.internal.socket.ClientSocket;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The membership of a socket in a namespace, from joining to leaving. Belongs to the session's loop. Events that arrive while the
 * connection handler still runs wait here until their handlers are registered; reading pauses before they are too many.
 */
final class NamespaceMembership {
    /** Reasons after which a client may recover its session, the same as in the reference server (socket.io on Node.js). */
    private static final Set<CloseReason> RECOVERABLE = EnumSet.of(CloseReason.TRANSPORT_ERROR,
            CloseReason.TRANSPORT_CLOSE, CloseReason.FORCED_CLOSE, CloseReason.PING_TIMEOUT,
            CloseReason.SERVER_SHUTTING_DOWN, CloseReason.FORCED_SERVER_CLOSE);

    private final ServedNamespace namespace;
    private final ClientSocket socket;
    private final HandlerQueue.Load load;
    private @Nullable Queue<Event> early;
    private boolean ready;

    /**
     * Creates the membership of a client that has just joined.
     *
     * @param load counts the events that wait here
     */
    NamespaceMembership(ServedNamespace namespace, ClientSocket socket, HandlerQueue.Load load) {
        this.namespace = namespace;
        this.socket = socket;
        this.load = load;
    }

    ClientSocket socket() {
        return socket;
    }

    /** Runs the connection handlers on a virtual thread, then {@code whenReady}. */
    void enter(Runnable whenReady) {
        namespace.joined(socket);
        socket.handlerQueue().run("connection", () -> {
            try {
                namespace.runHandlers(socket);
            } finally {
                whenReady.run();
            }
        });
    }

    /** Handles the events that waited. Called when the connection handlers have registered the event handlers. */
    void ready() {
        ready = true;
        handOn(socket::dispatch);
    }

    private void handOn(Consumer<Event> to) {
        var waited = early;
        early = null;
        if (waited != null) {
            for (Event event : waited) {
                to.accept(event);
                load.taken(event.arguments().weight());
            }
        }
    }

    void take(Event event) {
        if (ready) {
            socket.dispatch(event);
            return;
        }
        if (early == null) {
            early = new ArrayDeque<>();
        }
        early.add(event);
        load.added(event.arguments().weight());
    }

    void leave(CloseReason reason) {
        // In this order: a socket of the same id, recovered from now on, keeps its rooms.
        socket.end();
        namespace.left(socket);
        if (RECOVERABLE.contains(reason)) {
            socket.persist();
        }
        if (!ready) {
            // The connection handler has not ended, and perhaps not begun: event handlers are not known before it has.
            ready = true;
            handOn(socket::dispatchLater);
        }
        socket.left(reason.text());
    }
}
