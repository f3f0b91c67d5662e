package dev.parley.server;

import dev.parley.protocol.engine.CloseReason;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket's place in a namespace, from joining to leaving. Belongs to the session's loop. Events that arrive while the connection
 * handler still runs wait here, so that none passes before its handler is registered; reading pauses before they are too many.
 */
final class Seat {
    /** Those after which a client may come back, as the reference has them. */
    private static final Set<CloseReason> RECOVERABLE = EnumSet.of(CloseReason.TRANSPORT_ERROR,
            CloseReason.TRANSPORT_CLOSE, CloseReason.FORCED_CLOSE, CloseReason.PING_TIMEOUT,
            CloseReason.SERVER_SHUTTING_DOWN, CloseReason.FORCED_SERVER_CLOSE);

    private final ServedNamespace namespace;
    private final ClientSocket socket;
    private final Mailbox.Load load;
    private @Nullable Queue<Event> early;
    private boolean ready;

    /** @param load counts the events that wait here */
    Seat(ServedNamespace namespace, ClientSocket socket, Mailbox.Load load) {
        this.namespace = namespace;
        this.socket = socket;
        this.load = load;
    }

    ClientSocket socket() {
        return socket;
    }

    /** Runs the connection handlers, off the loop. */
    void enter(Runnable whenReady) {
        namespace.joined(socket);
        socket.mailbox().run("connection", () -> {
            try {
                namespace.runHandlers(socket);
            } finally {
                whenReady.run();
            }
        });
    }

    /** The handlers are registered: lets the early events through. */
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
        namespace.left(socket);
        socket.end();
        if (RECOVERABLE.contains(reason)) {
            socket.persist();
        }
        if (!ready) {
            // The connection handler has not ended, perhaps not begun: its handlers are not known before it has.
            ready = true;
            handOn(socket::dispatchLater);
        }
        socket.left(reason.text());
    }
}
