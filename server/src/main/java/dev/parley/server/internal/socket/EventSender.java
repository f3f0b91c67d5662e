package dev.parley.server.internal.socket;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Reply;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.internal.context.ServerContext;
import dev.parley.server.internal.handler.HandlerRegistry;
import dev.parley.server.internal.namespace.ServedNamespace;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to one client: waits for room where the thread may, and keeps what is sent before the client has joined. Safe from any thread.
 */
final class EventSender {
    private final ServedNamespace namespace;
    private final RoomMembership rooms;
    private final boolean recoverable;
    private final UnderlyingConnection underlying;
    private final HandlerRegistry handlers;
    private final BiConsumer<String, Throwable> failures;
    private final @Nullable ReplayBuffer replay;

    /**
     * Creates the sender of one socket.
     *
     * @param rooms       of the socket, which it leaves when it leaves the namespace
     * @param recoverable whether the client may recover events that it misses
     * @param handlers    observe each event
     * @param failures    takes what they throw
     * @param replay      keeps what is sent before the client has joined; null when it joins at once
     */
    EventSender(ServedNamespace namespace, RoomMembership rooms, boolean recoverable,
            UnderlyingConnection underlying, HandlerRegistry handlers, BiConsumer<String, Throwable> failures,
            @Nullable ReplayBuffer replay) {
        this.namespace = namespace;
        this.rooms = rooms;
        this.recoverable = recoverable;
        this.underlying = underlying;
        this.handlers = handlers;
        this.failures = failures;
        this.replay = replay;
    }

    void send(Arguments event) {
        withRoom(event, () -> {
            sendNow(event, false);
            return event;
        });
    }

    void sendVolatile(Arguments event) {
        context().requireSendable(event);
        sendNow(event, true);
    }

    /** Sends an event unless the send queue is full; then returns false. */
    boolean trySend(Arguments event) {
        context().requireSendable(event);
        long reservation = rooms.present() ? underlying.tryEnter(event.weight()) : 0;
        if (reservation < 0) {
            return false;
        }
        try {
            sendNow(event, false);
            return true;
        } finally {
            underlying.leave(reservation);
        }
    }

    /** Waits for room in the send queue, then for the reply. */
    Reply call(Duration timeout, Supplier<Arguments> event) {
        return context().blockingCalls().on(() -> {
            if (replay != null && replay.isHolding()) {
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
        context().requireSendable(event);
        handlers.sent(event, failures);
        if (replay == null || !replay.keep(event.weight(),
                () -> underlying.ask(namespace.name(), event, timeout, reply))) {
            underlying.ask(namespace.name(), event, timeout, reply);
        }
    }

    /** Sends an encoded event, of a broadcast or to this socket alone. */
    void deliver(PreparedEvent event) {
        handlers.sent(event.event(), failures);
        if (replay == null
                || !replay.keep(event.event().weight(), () -> underlying.send(namespace.name(), event))) {
            underlying.send(namespace.name(), event);
        }
    }

    /** Returns whether more was sent before the client joined than the buffer takes. */
    boolean overflown() {
        return replay != null && replay.overflown();
    }

    /** Sends what the buffer kept. Called on the loop, once the client has joined. */
    void resume() {
        if (replay != null) {
            replay.release();
        }
    }

    /** Waits for room, where the calling thread may, and sends. */
    private <T> T withRoom(Arguments event, Supplier<T> send) {
        context().requireSendable(event);
        long reservation = rooms.present() ? underlying.enter(event.weight()) : 0;
        try {
            return send.get();
        } finally {
            underlying.leave(reservation);
        }
    }

    private void sendNow(Arguments event, boolean isVolatile) {
        if (recoverable && !isVolatile) {
            // Numbered and kept with broadcasts, so that missed events are recovered in the same order.
            namespace.adapter().broadcast(event, BroadcastOptions.room(rooms.id()));
        } else {
            deliver(namespace.prepare(event, isVolatile ? BroadcastOptions.VOLATILE : BroadcastOptions.ALL));
        }
    }

    private ServerContext context() {
        return namespace.context();
    }
}
