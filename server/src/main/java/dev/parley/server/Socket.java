package dev.parley.server;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.PreparedEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace. All methods may be called from any thread; what is sent from one thread arrives in that order. Handlers
 * run in order on a virtual thread and may block; events wait for them up to a limit. Register handlers in the connection handler: no
 * event is handed out before it has returned.
 */
public final class Socket extends SocketEvents {
    private final String id;
    private final Namespace namespace;
    private final Handshake handshake;
    private final Outlet outlet;
    private final Mailbox mailbox;
    private final Membership membership;
    private final LocalView local = new LocalView(this);
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>(2);
    private final @Nullable String pid;
    private final @Nullable Held held;
    private final boolean recovered;
    private volatile boolean connected = true;

    Socket(String id, Namespace namespace, Handshake handshake, Outlet outlet, Mailbox mailbox) {
        this(id, namespace, handshake, outlet, mailbox, null, null, false);
    }

    /**
     * A socket that may come back, or has.
     *
     * @param pid  the client's secret name for coming back
     * @param held      keeps what is sent before the client is in; null when it is in at once
     * @param recovered whether it has come back
     */
    Socket(String id, Namespace namespace, Handshake handshake, Outlet outlet, Mailbox mailbox,
            @Nullable String pid, @Nullable Held held, boolean recovered) {
        this.recovered = recovered;
        this.pid = pid;
        this.held = held;
        this.id = id;
        this.namespace = namespace;
        this.handshake = handshake;
        this.outlet = outlet;
        this.mailbox = mailbox;
        this.membership = new Membership(id, namespace.adapter(),
                namespace.server().options().maxRoomsPerSocket());
    }

    /** Names this client in this namespace, to applications and to the client. Not the id of its session, which is a secret. */
    public String id() {
        return id;
    }

    /** The namespace it is in. */
    public Namespace namespace() {
        return namespace;
    }

    /** The request with which the client came, and the credentials that it gave to this namespace. */
    public Handshake handshake() {
        return handshake;
    }

    /** The connection under it, which it shares with the client's sockets in other namespaces. */
    public ClientConnection connection() {
        return outlet.connection();
    }

    /** {@code polling} or {@code websocket}, as of now. */
    public String transport() {
        return outlet.transport().text();
    }

    /** Whether it is in its namespace still. */
    public boolean connected() {
        return connected;
    }

    /** Whether it was lost and has come back with its id, rooms, data and the events it missed. */
    public boolean recovered() {
        return recovered;
    }

    /** A place for what the application wants to keep with the socket. */
    public ConcurrentMap<String, Object> data() {
        return data;
    }

    /** Its rooms, the one of its own id among them. In {@link #onDisconnecting} those it was in to the end; afterwards none. */
    public Set<String> rooms() {
        return membership.rooms();
    }

    /**
     * Joins rooms; at once, for broadcasts that follow. Does nothing when the socket has left.
     *
     * @throws IllegalStateException when it would be in more than {@code maxRoomsPerSocket}
     */
    public void join(String... rooms) {
        membership.join(List.of(rooms));
    }

    /** {@link #join(String...)} for rooms in a collection. */
    public void join(Collection<String> rooms) {
        membership.join(rooms);
    }

    /** Leaves rooms; at once, for broadcasts that follow. Does nothing for rooms that it is not in. */
    public void leave(String... rooms) {
        membership.leave(List.of(rooms));
    }

    /** {@link #leave(String...)} for rooms in a collection. */
    public void leave(Collection<String> rooms) {
        membership.leave(rooms);
    }

    /** This client alone, for an event with settings of its own: {@code socket.self().compress(false).asVolatile().emit(…)}. */
    public BroadcastOperator self() {
        return namespace.broadcast().local().to(id);
    }

    /** All others in the namespace. */
    public BroadcastOperator broadcast() {
        return namespace.broadcast().except(id);
    }

    /** The members of these rooms, but for itself. */
    public BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** {@link #to(String...)} for rooms in a collection. */
    public BroadcastOperator to(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /** Another word for {@link #to(String...)}. */
    public BroadcastOperator in(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Another word for {@link #to(Collection)}. */
    public BroadcastOperator in(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /** All others but for the members of these rooms. */
    public BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** {@link #except(String...)} for rooms in a collection. */
    public BroadcastOperator except(Collection<String> rooms) {
        return broadcast().except(rooms);
    }

    /** All others on this server. */
    public BroadcastOperator local() {
        return broadcast().local();
    }

    /**
     * Sends an event. Does nothing when the socket has left. When more than {@code highWaterMark} waits for the client, waits for room, except
     * on an event loop; see {@link #tryEmit} and {@link #emitVolatile} for events that are not to wait.
     *
     * @param values strings, numbers, booleans, null, {@link RawJson}, byte arrays (sent as attachments, not copied), and whatever Jackson
     *               can write
     * @throws IllegalArgumentException when the event's name is one that clients use for their own: {@code connect}, {@code connect_error},
     *                                  {@code disconnect}, {@code disconnecting}, {@code newListener}, {@code removeListener}; or when it is
     *                                  larger than {@code maxOutgoingSize}
     * @throws NotSentException         when there was no room within {@code sendTimeout}, or the thread was interrupted
     */
    public void emit(String event, @Nullable Object... values) {
        transmit(namespace.server().json().event(event, values), false);
    }

    /** Sends the event {@code message}, which other sides listen for where no name was agreed on. */
    public void send(@Nullable Object... values) {
        emit("message", values);
    }

    /** {@link #emit(String, Object...)} for what is not worth waiting for: dropped when the client cannot take it at once. */
    public void emitVolatile(String event, @Nullable Object... values) {
        transmit(namespace.server().json().event(event, values), true);
    }

    /**
     * {@link #emit(String, Object...)} without ever waiting: sends nothing and returns false when more than {@code highWaterMark} waits for the
     * client. {@link #onDrain} tells when there is room again. Returns true when the socket has left, as {@code emit} does nothing then.
     */
    public boolean tryEmit(String event, @Nullable Object... values) {
        var encoded = namespace.server().json().event(event, values);
        namespace.server().requireSendable(encoded);
        long reservation = connected ? outlet.tryEnter(encoded.weight()) : 0;
        if (reservation < 0) {
            return false;
        }
        try {
            transmitNow(encoded, false);
            return true;
        } finally {
            outlet.leave(reservation);
        }
    }

    /**
     * Sends an event on, of this client's or another's, under a name of the application's choice: {@code other.relay("said", event)}. Its
     * arguments are sent as they came, attachments and incomplete characters (lone surrogates) included, without being parsed. Waits for
     * room as {@link #emit} does.
     *
     * @throws IllegalArgumentException as {@link #emit}
     * @throws NotSentException         as {@link #emit}
     */
    public void relay(String name, Event event) {
        transmit(Renaming.of(event.arguments(), name), false);
    }

    /** Sends an event whose arguments are encoded already, its name included, as {@link Event#arguments} gives it. */
    public void emitRaw(Arguments event) {
        transmit(event, false);
    }

    /**
     * Sends an event with arguments that are encoded already; {@link #relay} sends a client's event under another name.
     *
     * @param values a JSON array without the event's name
     */
    public void emitRaw(String event, Arguments values) {
        transmit(Renaming.named(event, values), false);
    }

    /**
     * Sends an event and waits for the client's answer; call it on a virtual thread, as handlers are.
     *
     * @throws NoReplyException      when none comes in time, the socket has left or leaves, or too many are awaited
     * @throws IllegalStateException on an event loop, which must not wait
     */
    public Reply call(Duration timeout, String event, @Nullable Object... values) {
        return namespace.server().waiting().on(() -> {
            if (held != null && held.isHolding()) {
                throw new IllegalStateException(
                        "the client cannot reply before it is let in, which it is when all"
                                + " middleware has returned: call it in the connection handler, or use callAsync");
            }
            var encoded = namespace.server().json().event(event, values);
            return withRoom(encoded, () -> ask(encoded, timeout));
        });
    }

    /**
     * {@link #call} without waiting: completed on the socket's event loop, exceptionally with a {@link NoReplyException}. Replies complete
     * their calls in the order in which the client's packets arrive: before a later event of the client reaches a handler, inline or not.
     * Handlers of events that arrived earlier may still run or wait, except inline ones. Stages added without {@code Async} in their name
     * run on the event loop and must not block.
     */
    public CompletableFuture<Reply> callAsync(Duration timeout, String event, @Nullable Object... values) {
        return ask(namespace.server().json().event(event, values), timeout);
    }

    private CompletableFuture<Reply> ask(Arguments event, Duration timeout) {
        var future = new CompletableFuture<Reply>();
        ask(event, timeout, future);
        return future;
    }

    /**
     * Puts the client out of this namespace.
     *
     * @param closeConnection whether to end the whole connection with it
     */
    public void disconnect(boolean closeConnection) {
        outlet.disconnect(this, closeConnection);
    }

    /** Ends the whole connection as a lost one, so that the client comes back, to another server if there is one. */
    void moveAway() {
        outlet.moveAway();
    }

    private void transmit(Arguments event, boolean isVolatile) {
        if (isVolatile) {
            namespace.server().requireSendable(event);
            transmitNow(event, true);
        } else {
            withRoom(event, () -> {
                transmitNow(event, false);
                return event;
            });
        }
    }

    /** Waits for room, where the calling thread may, and sends. */
    private <T> T withRoom(Arguments event, Supplier<T> send) {
        namespace.server().requireSendable(event);
        long reservation = connected ? outlet.enter(event.weight()) : 0;
        try {
            return send.get();
        } finally {
            outlet.leave(reservation);
        }
    }

    private void transmitNow(Arguments event, boolean isVolatile) {
        if (pid != null && !isVolatile) {
            // Numbered and kept with what is sent to many, so that it is missed and made up for in the same order.
            namespace.adapter().broadcast(event, BroadcastOptions.room(id));
        } else {
            deliver(namespace.prepare(event, isVolatile ? BroadcastOptions.VOLATILE : BroadcastOptions.ALL));
        }
    }

    /** Sends an event whose reply completes a future, on the loop. */
    void ask(Arguments event, Duration timeout, CompletableFuture<Reply> reply) {
        namespace.server().requireSendable(event);
        handlers.sent(event, mailbox::failed);
        if (held == null || !held.keep(event.weight(), () -> outlet.ask(this, event, timeout, reply))) {
            outlet.ask(this, event, timeout, reply);
        }
    }

    /** On the loop: runs what is inline, queues the rest. */
    void dispatch(Event event) {
        if (mailbox.discardsEvents()) {
            return;
        }
        var quick = handlers.quick(event.name());
        if (quick != null) {
            mailbox.runHere(event.name(), () -> quick.on(event));
        }
        if (handlers.takes(event.name())) {
            mailbox.offer(event.name(), event.arguments().weight(), () -> handlers.run(event));
        }
    }

    /** From any thread: there is room again, after somebody found none. */
    void drained() {
        if (!drainHandlers.isEmpty()) {
            mailbox.run("drain", () -> each("drain", drainHandlers, Runnable::run));
        }
    }

    /** Calls all handlers of an event of the socket's own life; the failure of one keeps the others from nothing. */
    private <H> void each(String event, List<H> all, Consumer<H> call) {
        for (H handler : all) {
            try {
                call.accept(handler);
            } catch (Throwable e) {
                if (event.equals("error")) {
                    namespace.server().handlerFailed(id, event, e); // those who would be told have just failed
                } else {
                    mailbox.failed(event, e);
                }
            }
        }
    }

    void upgraded(String transport) {
        // A connection handler that still runs may be about to add one.
        if (mailbox.busy() || !upgradeHandlers.isEmpty()) {
            mailbox.run("upgrade",
                    () -> each("upgrade", upgradeHandlers, handler -> handler.accept(transport)));
        }
    }

    /** Out of all rooms at once, before anything is told. */
    Set<String> end() {
        connected = false;
        return membership.end();
    }

    void left(String reason) {
        end();
        if (!mailbox.busy() && disconnectingHandlers.isEmpty() && disconnectHandlers.isEmpty()) {
            membership.forget();
            return;
        }
        mailbox.run("disconnecting",
                () -> each("disconnecting", disconnectingHandlers, handler -> handler.accept(reason)));
        mailbox.run("disconnect", () -> {
            membership.forget();
            each("disconnect", disconnectHandlers, handler -> handler.accept(reason));
        });
    }

    void failed(String event, Throwable failure) {
        each("error", errorHandlers, handler -> handler.accept(event, failure));
    }

    /** The client's secret name for coming back; null when it cannot. */
    @Nullable String pid() {
        return pid;
    }

    /** Whether more was sent to it while it came back than is held. */
    boolean overflown() {
        return held != null && held.overflown();
    }

    /** On the loop, once the client is in: what was held back is sent. */
    void resume() {
        if (held != null) {
            held.release();
        }
    }

    /** On the loop, after {@link #end}: keeps what the client may want back. */
    void persist() {
        if (pid != null) {
            namespace.adapter().persistSession(new PersistedSession(id, pid, membership.rooms(), data));
        }
    }

    Mailbox mailbox() {
        return mailbox;
    }

    LocalSocket asLocal() {
        return local;
    }

    /** Sends what is ready, as a broadcast or to this socket alone. */
    void deliver(PreparedEvent event) {
        handlers.sent(event.event(), mailbox::failed);
        if (held == null || !held.keep(event.event().weight(), () -> outlet.send(this, event))) {
            outlet.send(this, event);
        }
    }

    /** Takes every event, whatever its name. */
    @FunctionalInterface
    public interface AnyHandler {
        // Exception, for the reason given in EventHandler.
        /** Takes one event. */
        void on(String name, Event event) throws Exception;
    }

    /** Sees every event that is sent, its name among the arguments. */
    @FunctionalInterface
    public interface OutgoingHandler {
        /** Sees one event. */
        void on(String name, Arguments event);
    }
}
