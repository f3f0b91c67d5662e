package dev.parley.server;

import dev.parley.protocol.socket.Arguments;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** A client of this server in one namespace: joins its rooms, its handlers, and the sender of its events. Safe from any thread. */
final class ClientSocket implements Socket {
    private final String id;
    private final ServedNamespace namespace;
    private final Handshake handshake;
    private final Outlet outlet;
    private final Mailbox mailbox;
    private final Membership membership;
    private final Handlers handlers = new Handlers();
    private final LifecycleHandlers life;
    private final EventSender sender;
    private final LocalView local = new LocalView(this);
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>(2);
    private final @Nullable String pid;
    private final boolean recovered;
    private volatile boolean connected = true;

    ClientSocket(String id, ServedNamespace namespace, Handshake handshake, Outlet outlet, Mailbox mailbox) {
        this(id, namespace, handshake, outlet, mailbox, null, null, false);
    }

    /**
     * A socket that may come back, or has.
     *
     * @param pid       the client's secret name for coming back
     * @param held      keeps what is sent before the client is in; null when it is in at once
     * @param recovered whether it has come back
     */
    ClientSocket(String id, ServedNamespace namespace, Handshake handshake, Outlet outlet, Mailbox mailbox,
            @Nullable String pid, @Nullable Held held, boolean recovered) {
        this.recovered = recovered;
        this.pid = pid;
        this.id = id;
        this.namespace = namespace;
        this.handshake = handshake;
        this.outlet = outlet;
        this.mailbox = mailbox;
        this.membership = new Membership(id, namespace.adapter(),
                namespace.server().options().maxRoomsPerSocket());
        this.life = new LifecycleHandlers(mailbox);
        this.sender = new EventSender(this, outlet, handlers, mailbox::failed, held);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ServedNamespace namespace() {
        return namespace;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public ClientConnection connection() {
        return outlet.connection();
    }

    @Override
    public String transport() {
        return outlet.transport().text();
    }

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public boolean recovered() {
        return recovered;
    }

    @Override
    public ConcurrentMap<String, Object> data() {
        return data;
    }

    @Override
    public Set<String> rooms() {
        return membership.rooms();
    }

    @Override
    public void join(Collection<String> rooms) {
        membership.join(rooms);
    }

    @Override
    public void leave(Collection<String> rooms) {
        membership.leave(rooms);
    }

    @Override
    public BroadcastOperator self() {
        return namespace.broadcast().local().to(id);
    }

    @Override
    public BroadcastOperator broadcast() {
        return namespace.broadcast().except(id);
    }

    @Override
    public void emit(String event, @Nullable Object... values) {
        sender.send(encoded(event, values));
    }

    @Override
    public void emitVolatile(String event, @Nullable Object... values) {
        sender.sendVolatile(encoded(event, values));
    }

    @Override
    public boolean tryEmit(String event, @Nullable Object... values) {
        return sender.trySend(encoded(event, values));
    }

    @Override
    public void relay(String name, Event event) {
        sender.send(Renaming.of(event.arguments(), name));
    }

    @Override
    public void emitRaw(Arguments event) {
        sender.send(event);
    }

    @Override
    public void emitRaw(String event, Arguments values) {
        sender.send(Renaming.named(event, values));
    }

    @Override
    public Reply call(Duration timeout, String event, @Nullable Object... values) {
        return sender.call(timeout, () -> encoded(event, values));
    }

    @Override
    public CompletableFuture<Reply> callAsync(Duration timeout, String event, @Nullable Object... values) {
        var reply = new CompletableFuture<Reply>();
        ask(encoded(event, values), timeout, reply);
        return reply;
    }

    private Arguments encoded(String event, @Nullable Object... values) {
        return namespace.server().json().event(event, values);
    }

    @Override
    public void disconnect(boolean closeConnection) {
        outlet.disconnect(this, closeConnection);
    }

    @Override
    public Socket on(String event, EventHandler handler) {
        handlers.add(event, handler, handler, false);
        return this;
    }

    @Override
    public <T> Socket on(String event, Class<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), false);
    }

    @Override
    public <T> Socket on(String event, Class<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), false);
    }

    @Override
    public <T> Socket on(String event, TypeReference<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), false);
    }

    @Override
    public <T> Socket on(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), false);
    }

    @Override
    public Socket once(String event, EventHandler handler) {
        handlers.add(event, handler, handler, true);
        return this;
    }

    @Override
    public <T> Socket once(String event, Class<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), true);
    }

    @Override
    public <T> Socket once(String event, Class<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), true);
    }

    @Override
    public <T> Socket once(String event, TypeReference<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), true);
    }

    @Override
    public <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), true);
    }

    private Socket typed(String event, SocketHandler given, EventHandler run, boolean once) {
        handlers.add(event, given, run, once);
        return this;
    }

    @Override
    public Socket off(String event) {
        handlers.remove(event);
        return this;
    }

    @Override
    public Socket off(String event, SocketHandler handler) {
        handlers.remove(event, handler);
        return this;
    }

    @Override
    public Socket onInline(String event, EventHandler handler) {
        handlers.setInline(event, handler);
        return this;
    }

    @Override
    public Socket onAny(AnyHandler handler) {
        handlers.any.add(handler);
        return this;
    }

    @Override
    public Socket prependAny(AnyHandler handler) {
        handlers.any.addFirst(handler);
        return this;
    }

    @Override
    public Socket offAny(AnyHandler handler) {
        handlers.any.remove(handler);
        return this;
    }

    @Override
    public List<AnyHandler> listenersAny() {
        return List.copyOf(handlers.any);
    }

    @Override
    public Socket onAnyOutgoing(OutgoingHandler handler) {
        handlers.anyOutgoing.add(handler);
        return this;
    }

    @Override
    public Socket prependAnyOutgoing(OutgoingHandler handler) {
        handlers.anyOutgoing.addFirst(handler);
        return this;
    }

    @Override
    public Socket offAnyOutgoing(OutgoingHandler handler) {
        handlers.anyOutgoing.remove(handler);
        return this;
    }

    @Override
    public List<OutgoingHandler> listenersAnyOutgoing() {
        return List.copyOf(handlers.anyOutgoing);
    }

    @Override
    public Socket use(EventFilter filter) {
        handlers.filters.add(filter);
        return this;
    }

    @Override
    public Socket onError(BiConsumer<String, Throwable> handler) {
        life.error.add(handler);
        return this;
    }

    @Override
    public Socket onDisconnecting(Consumer<String> handler) {
        life.disconnecting.add(handler);
        return this;
    }

    @Override
    public Socket onDisconnect(Consumer<String> handler) {
        life.disconnect.add(handler);
        return this;
    }

    @Override
    public Socket onDrain(Runnable handler) {
        life.drain.add(handler);
        return this;
    }

    @Override
    public Socket onTransportUpgrade(Consumer<String> handler) {
        life.upgrade.add(handler);
        return this;
    }

    /** Ends the whole connection as a lost one, so that the client comes back, to another server if there is one. */
    void moveAway() {
        outlet.moveAway();
    }

    /** Sends an event whose reply completes a future, on the loop. */
    void ask(Arguments event, Duration timeout, CompletableFuture<Reply> reply) {
        sender.ask(event, timeout, reply);
    }

    /** Sends what is ready, as a broadcast or to this socket alone. */
    void deliver(PreparedEvent event) {
        sender.deliver(event);
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

    /** Queues all handlers of an event, those that are inline too, behind tasks that may register them. */
    void dispatchLater(Event event) {
        mailbox.offer(event.name(), 0, () -> {
            var quick = handlers.quick(event.name());
            if (quick != null) {
                quick.on(event);
            }
        });
        mailbox.offer(event.name(), event.arguments().weight(), () -> handlers.run(event));
    }

    /** From any thread: there is room again, after somebody found none. */
    void drained() {
        life.drained();
    }

    void upgraded(String transport) {
        life.upgraded(transport);
    }

    /** Out of all rooms at once, before anything is told. */
    Set<String> end() {
        connected = false;
        return membership.end();
    }

    void left(String reason) {
        end();
        life.left(reason, membership::forget);
    }

    void failed(String event, Throwable failure) {
        life.failed(event, failure, again -> namespace.server().handlerFailed(id, "error", again));
    }

    /** The client's secret name for coming back; null when it cannot. */
    @Nullable String pid() {
        return pid;
    }

    /** Whether more was sent to it while it came back than is held. */
    boolean overflown() {
        return sender.overflown();
    }

    /** On the loop, once the client is in: what was held back is sent. */
    void resume() {
        sender.resume();
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
}
