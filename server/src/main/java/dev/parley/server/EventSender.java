package dev.parley.server;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.PreparedEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to one client: waits for room where the thread may, and keeps what is sent before the client is in. Safe from any thread.
 */
final class EventSender {
    private final ClientSocket socket;
    private final Outlet outlet;
    private final Handlers handlers;
    private final BiConsumer<String, Throwable> failures;
    private final @Nullable Held held;

    /**
     * A sender.
     *
     * @param handlers are shown each event
     * @param failures takes what they throw
     * @param held     keeps what is sent before the client is in; null when it is in at once
     */
    EventSender(ClientSocket socket, Outlet outlet, Handlers handlers, BiConsumer<String, Throwable> failures,
            @Nullable Held held) {
        this.socket = socket;
        this.outlet = outlet;
        this.handlers = handlers;
        this.failures = failures;
        this.held = held;
    }

    void send(Arguments event) {
        withRoom(event, () -> {
            sendNow(event, false);
            return event;
        });
    }

    void sendVolatile(Arguments event) {
        server().requireSendable(event);
        sendNow(event, true);
    }

    /** False when there is no room. */
    boolean trySend(Arguments event) {
        server().requireSendable(event);
        long reservation = socket.connected() ? outlet.tryEnter(event.weight()) : 0;
        if (reservation < 0) {
            return false;
        }
        try {
            sendNow(event, false);
            return true;
        } finally {
            outlet.leave(reservation);
        }
    }

    /** Waits for the reply, and for room before. */
    Reply call(Duration timeout, Supplier<Arguments> event) {
        return server().waiting().on(() -> {
            if (held != null && held.isHolding()) {
                throw new IllegalStateException(
                        "the client cannot reply before it is let in, which it is when all"
                                + " middleware has returned: call it in the connection handler, or use callAsync");
            }
            var encoded = event.get();
            return withRoom(encoded, () -> {
                var reply = new CompletableFuture<Reply>();
                ask(encoded, timeout, reply);
                return reply;
            });
        });
    }

    /** Sends an event whose reply completes a future, on the loop. */
    void ask(Arguments event, Duration timeout, CompletableFuture<Reply> reply) {
        server().requireSendable(event);
        handlers.sent(event, failures);
        if (held == null || !held.keep(event.weight(), () -> outlet.ask(socket, event, timeout, reply))) {
            outlet.ask(socket, event, timeout, reply);
        }
    }

    /** Sends what is ready, as a broadcast or to this socket alone. */
    void deliver(PreparedEvent event) {
        handlers.sent(event.event(), failures);
        if (held == null || !held.keep(event.event().weight(), () -> outlet.send(socket, event))) {
            outlet.send(socket, event);
        }
    }

    /** Whether more was sent before the client was in than is held. */
    boolean overflown() {
        return held != null && held.overflown();
    }

    /** On the loop, once the client is in: what was held back is sent. */
    void resume() {
        if (held != null) {
            held.release();
        }
    }

    /** Waits for room, where the calling thread may, and sends. */
    private <T> T withRoom(Arguments event, Supplier<T> send) {
        server().requireSendable(event);
        long reservation = socket.connected() ? outlet.enter(event.weight()) : 0;
        try {
            return send.get();
        } finally {
            outlet.leave(reservation);
        }
    }

    private void sendNow(Arguments event, boolean isVolatile) {
        var namespace = socket.namespace();
        if (socket.pid() != null && !isVolatile) {
            // Numbered and kept with what is sent to many, so that it is missed and made up for in the same order.
            namespace.adapter().broadcast(event, BroadcastOptions.room(socket.id()));
        } else {
            deliver(namespace.prepare(event, isVolatile ? BroadcastOptions.VOLATILE : BroadcastOptions.ALL));
        }
    }

    private ServerCore server() {
        return socket.namespace().server();
    }
}
