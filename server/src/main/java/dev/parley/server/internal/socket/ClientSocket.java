package dev.parley.server.internal.socket;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.BroadcastOperator;
import dev.parley.server.ClientConnection;
import dev.parley.server.Event;
import dev.parley.server.Handshake;
import dev.parley.server.Reply;
import dev.parley.server.adapter.AckCollector;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.SocketDescription;
import dev.parley.server.internal.handler.HandlerQueue;
import dev.parley.server.internal.handler.HandlerRegistration;
import dev.parley.server.internal.handler.HandlerRegistry;
import dev.parley.server.internal.handler.LifecycleHandlers;
import dev.parley.server.internal.json.EventRenamer;
import dev.parley.server.internal.json.HandshakeJson;
import dev.parley.server.internal.namespace.NamespaceMember;
import dev.parley.server.internal.namespace.ServedNamespace;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** A client of this server in one namespace: connects its rooms, its handlers and the sender of its events. Safe from any thread. */
public final class ClientSocket implements HandlerRegistration, NamespaceMember {
    private final String id;
    private final ServedNamespace namespace;
    private final Handshake handshake;
    private final UnderlyingConnection underlying;
    private final HandlerQueue handlerQueue;
    private final RoomMembership membership;
    private final HandlerRegistry handlers = new HandlerRegistry();
    private final LifecycleHandlers lifecycle;
    private final EventSender sender;
    private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>(2);
    private final @Nullable String pid;
    private final boolean recovered;

    public ClientSocket(String id, ServedNamespace namespace, Handshake handshake,
            UnderlyingConnection underlying, HandlerQueue handlerQueue) {
        this(id, namespace, handshake, underlying, handlerQueue, null, null, false);
    }

    /**
     * Creates a socket that may be recovered, or has been.
     *
     * @param pid       the private session id, by which the client recovers the socket; null when it cannot
     * @param replay    keeps events that are sent before the client has joined; null when it joins at once
     * @param recovered whether it has been recovered
     */
    public ClientSocket(String id, ServedNamespace namespace, Handshake handshake,
            UnderlyingConnection underlying, HandlerQueue handlerQueue, @Nullable String pid,
            @Nullable ReplayBuffer replay, boolean recovered) {
        this.recovered = recovered;
        this.pid = pid;
        this.id = id;
        this.namespace = namespace;
        this.handshake = handshake;
        this.underlying = underlying;
        this.handlerQueue = handlerQueue;
        this.membership = new RoomMembership(id, namespace.adapter(),
                namespace.context().options().maxRoomsPerSocket());
        this.lifecycle = new LifecycleHandlers(handlerQueue);
        this.sender = new EventSender(namespace, membership, pid != null, underlying, handlers,
                handlerQueue::failed, replay);
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
        return underlying.connection();
    }

    @Override
    public String transport() {
        return underlying.transport().text();
    }

    @Override
    public boolean connected() {
        return membership.present();
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
        sender.send(EventRenamer.of(event.arguments(), name));
    }

    @Override
    public void emitRaw(Arguments event) {
        sender.send(event);
    }

    @Override
    public void emitRaw(String event, Arguments values) {
        sender.send(EventRenamer.named(event, values));
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
        return namespace.context().json().event(event, values);
    }

    @Override
    public void disconnect(boolean closeConnection) {
        handlerQueue.discardEvents();
        underlying.disconnect(namespace.name(), closeConnection);
    }

    @Override
    public void moveAway() {
        underlying.moveAway();
    }

    /** Sends an event whose reply completes a future, on the loop. */
    void ask(Arguments event, Duration timeout, CompletableFuture<Reply> reply) {
        sender.ask(event, timeout, reply);
    }

    @Override
    public void deliver(PreparedEvent event) {
        sender.deliver(event);
    }

    /** Runs the inline handler of an event, and queues the others. Called on the loop. */
    public void dispatch(Event event) {
        if (handlerQueue.discardsEvents()) {
            return;
        }
        var quick = handlers.quick(event.name());
        if (quick != null) {
            handlerQueue.runHere(event.name(), () -> quick.on(event));
        }
        if (handlers.takes(event.name())) {
            handlerQueue.offer(event.name(), event.arguments().weight(), () -> handlers.run(event));
        }
    }

    /** Queues all handlers of an event, also the inline one, behind tasks that may register them. */
    public void dispatchLater(Event event) {
        handlerQueue.offer(event.name(), 0, () -> {
            var quick = handlers.quick(event.name());
            if (quick != null) {
                quick.on(event);
            }
        });
        handlerQueue.offer(event.name(), event.arguments().weight(), () -> handlers.run(event));
    }

    /** Calls the handlers for a send queue that has room again. Any thread. */
    public void drained() {
        lifecycle.drained();
    }

    public void upgraded(String transport) {
        lifecycle.upgraded(transport);
    }

    /** Leaves all rooms, before any handler is called, and returns them. */
    public Set<String> end() {
        return membership.end();
    }

    public void left(String reason) {
        end();
        lifecycle.left(reason, membership::forget);
    }

    public void failed(String event, Throwable failure) {
        lifecycle.failed(event, failure, again -> namespace.context().handlerFailed(id, "error", again));
    }

    /** Returns the private session id, by which the client recovers the socket; null when it cannot. */
    public @Nullable String pid() {
        return pid;
    }

    /** Returns whether more was sent before the client joined than the buffer takes. */
    public boolean overflown() {
        return sender.overflown();
    }

    /** Sends the events that waited. Called on the loop, once the client has joined. */
    public void resume() {
        sender.resume();
    }

    /** Keeps the state that the client may recover. Called on the loop, after {@link #end}. */
    public void persist() {
        session().ifPresent(namespace.adapter()::persistSession);
    }

    @Override
    public Optional<PersistedSession> session() {
        return Optional.ofNullable(pid)
                .map(secret -> new PersistedSession(id, secret, membership.rooms(), data));
    }

    public HandlerQueue handlerQueue() {
        return handlerQueue;
    }

    @Override
    public int queuedTasks() {
        return handlerQueue.size();
    }

    @Override
    public HandlerRegistry handlers() {
        return handlers;
    }

    @Override
    public LifecycleHandlers lifecycle() {
        return lifecycle;
    }

    @Override
    public SocketDescription describe() {
        return new SocketDescription(id, HandshakeJson.write(handshake), rooms(), data);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void ask(Arguments event, Duration timeout, AckCollector collector) {
        var asked = new CompletableFuture<Reply>();
        asked.whenComplete((reply, failure) -> {
            if (failure == null) {
                collector.answered(reply.arguments());
            } else {
                collector.unanswered();
            }
        });
        ask(event, timeout, asked);
    }

    @Override
    public void enter(Set<String> rooms) {
        join(rooms);
    }

    @Override
    public void exit(Set<String> rooms) {
        leave(rooms);
    }

    @Override
    public void expel(boolean closeConnection) {
        disconnect(closeConnection);
    }
}
