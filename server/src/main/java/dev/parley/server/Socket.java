package dev.parley.server;

import dev.parley.protocol.socket.Arguments;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * One client in one namespace. Safe from any thread; events sent from one thread arrive in the order of sending. Handlers of a socket
 * run one after the other on a virtual thread and may block; the server stops reading from the connection while too many events wait
 * for them. Register handlers in the connection handler: no event is handled before it has returned. Implemented by the server:
 * applications do not implement it, and methods may be added.
 */
public interface Socket {
    /** The socket id: public, unique to this client in this namespace. The session id is another one, and a secret. */
    String id();

    /** The namespace that the client joined. */
    Namespace namespace();

    /** The request that opened the session, and the credentials that the client gave to this namespace. */
    Handshake handshake();

    /** The connection, which the client's sockets in other namespaces share. */
    ClientConnection connection();

    /** The current transport: {@code polling} or {@code websocket}. */
    String transport();

    /** Returns whether the client is still in the namespace. */
    boolean connected();

    /** Returns whether connection state recovery has restored the id, rooms, data and missed events of an earlier connection. */
    boolean recovered();

    /** A map for the application's own data about this client. The server does not read it; recovery keeps it. */
    ConcurrentMap<String, Object> data();

    /** The rooms that the socket is in, among them the room named by its own id. Empty after {@link #onDisconnecting} handlers have run. */
    Set<String> rooms();

    /**
     * Joins rooms. The next broadcast already reaches the socket. Does nothing when the socket has left the namespace.
     *
     * @throws IllegalStateException when the socket would be in more than {@code maxRoomsPerSocket} rooms
     */
    default void join(String... rooms) {
        join(List.of(rooms));
    }

    /** {@link #join(String...)} for rooms in a collection. */
    void join(Collection<String> rooms);

    /** Leaves rooms. The next broadcast no longer reaches the socket. Does nothing for rooms that it is not in. */
    default void leave(String... rooms) {
        leave(List.of(rooms));
    }

    /** {@link #leave(String...)} for rooms in a collection. */
    void leave(Collection<String> rooms);

    /** Selects this client alone, to send with options: {@code socket.self().compress(false).asVolatile().emit(…)}. */
    BroadcastOperator self();

    /** Selects all other clients of the namespace. */
    BroadcastOperator broadcast();

    /** Selects the members of these rooms, except this client. */
    default BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** {@link #to(String...)} for rooms in a collection. */
    default BroadcastOperator to(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /** Same as {@link #to(String...)}. */
    default BroadcastOperator in(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Same as {@link #to(Collection)}. */
    default BroadcastOperator in(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /** Selects all other clients, except the members of these rooms. */
    default BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** {@link #except(String...)} for rooms in a collection. */
    default BroadcastOperator except(Collection<String> rooms) {
        return broadcast().except(rooms);
    }

    /** Selects all other clients on this server, without the other servers of a cluster. */
    default BroadcastOperator local() {
        return broadcast().local();
    }

    /**
     * Sends an event. Does nothing when the socket has left. Waits while the client's send queue is above {@code highWaterMark}, except on
     * an event loop, where it never waits. {@link #tryEmit} and {@link #emitVolatile} never wait on any thread.
     *
     * @param values strings, numbers, booleans, null, {@link RawJson}, byte arrays (sent as attachments, not copied), and all other values
     *               that Jackson can write
     * @throws IllegalArgumentException when the name is reserved ({@code connect}, {@code connect_error}, {@code disconnect}, {@code
     *                                  disconnecting}, {@code newListener}, {@code removeListener}), or the encoded event is larger than
     *                                  {@code maxOutgoingSize}
     * @throws NotSentException         when the send queue stays full for {@code sendTimeout}, or the waiting thread is interrupted
     */
    void emit(String event, @Nullable Object... values);

    /** Sends the event {@code message}: same as {@code emit("message", values)}. */
    default void send(@Nullable Object... values) {
        emit("message", values);
    }

    /** Sends an event as {@link #emit(String, Object...)}, but never waits: drops the event when the client cannot take it at once. */
    void emitVolatile(String event, @Nullable Object... values);

    /**
     * Sends an event as {@link #emit(String, Object...)}, but never waits. {@link #onDrain} handlers are called when there is room again.
     *
     * @return false when the send queue is above {@code highWaterMark}, so that nothing was sent; true also when the socket has left, since
     *         there is nothing to try again
     */
    boolean tryEmit(String event, @Nullable Object... values);

    /**
     * Sends the arguments of a received event under another name: {@code other.relay("said", event)}. The arguments are not parsed;
     * attachments and lone surrogates are sent as they came. Waits for room as {@link #emit} does.
     *
     * @throws IllegalArgumentException as {@link #emit}
     * @throws NotSentException         as {@link #emit}
     */
    void relay(String name, Event event);

    /** Sends an event that is encoded already, including its name, such as {@link Event#arguments}. Waits for room as {@link #emit}. */
    void emitRaw(Arguments event);

    /**
     * Sends an event with arguments that are encoded already. Waits and throws as {@link #emit}. {@link #relay} sends a received event
     * under another name.
     *
     * @param values a JSON array without the event's name
     */
    void emitRaw(String event, Arguments values);

    /**
     * Sends an event and waits for the client's acknowledgement. Blocks the calling thread, which may be that of a handler. Before that it
     * waits for room in the send queue as {@link #emit} does.
     *
     * @param timeout maximum time to wait for the acknowledgement, from when the event is sent
     * @return the arguments of the acknowledgement
     * @throws NoReplyException         when the client does not acknowledge in time, has left or leaves, or would owe more than {@code
     *                                  maxPendingAcks} acknowledgements; or the waiting thread is interrupted
     * @throws IllegalArgumentException as {@link #emit}
     * @throws NotSentException         as {@link #emit}
     * @throws IllegalStateException    on an event loop, which must not wait, and in middleware, where the client cannot acknowledge yet
     */
    Reply call(Duration timeout, String event, @Nullable Object... values);

    /**
     * Sends an event as {@link #call}, but never waits, neither for room nor for the acknowledgement. Acknowledgements complete their
     * futures in the order in which the client's packets arrive: before a later event of the client reaches a handler, inline or not.
     * Handlers of earlier events may still run or wait, except inline ones. Stages added without {@code Async} in their name run on the
     * event loop and must not block.
     *
     * @return completed on the socket's event loop; exceptionally with a {@link NoReplyException}
     * @throws IllegalArgumentException as {@link #emit}
     */
    CompletableFuture<Reply> callAsync(Duration timeout, String event, @Nullable Object... values);

    /**
     * Disconnects the client from this namespace. Does not wait.
     *
     * @param closeConnection whether to close the whole connection, and so the client's sockets in other namespaces
     */
    void disconnect(boolean closeConnection);

    /**
     * Adds a handler of an event. It runs on a virtual thread and may block.
     *
     * @throws IllegalArgumentException for the names {@code connect}, {@code connection}, {@code disconnect} and {@code disconnecting}: use
     *                                  {@link Namespace#onConnection}, {@link #onDisconnect} and {@link #onDisconnecting}. All forms of
     *                                  {@code on}, {@code once} and {@code onInline} throw it
     */
    Socket on(String event, EventHandler handler);

    /**
     * Adds a handler that receives the event's first argument, converted to a class. If the argument does not fit, the handler is not
     * called: {@link #onError} handlers receive an {@link ArgumentTypeException}, which is logged as a warning.
     */
    <T> Socket on(String event, Class<T> type, ValueHandler<T> handler);

    /** {@link #on(String, Class, ValueHandler)} for a handler that also needs the event, to acknowledge it or for more arguments. */
    <T> Socket on(String event, Class<T> type, TypedHandler<T> handler);

    /** {@link #on(String, Class, ValueHandler)} for a generic type, as {@code new TypeReference<List<Move>>() {}}. */
    <T> Socket on(String event, TypeReference<T> type, ValueHandler<T> handler);

    /** {@link #on(String, Class, TypedHandler)} for a generic type, as {@code new TypeReference<List<Move>>() {}}. */
    <T> Socket on(String event, TypeReference<T> type, TypedHandler<T> handler);

    /** Adds a handler that is called once, for the next event of this name. */
    Socket once(String event, EventHandler handler);

    /**
     * Adds a handler as {@link #on(String, Class, ValueHandler)}, for the next event of this name only. The handler is removed by that
     * event even if its argument does not fit and the handler is not called.
     */
    <T> Socket once(String event, Class<T> type, ValueHandler<T> handler);

    /** {@link #once(String, Class, ValueHandler)} for a handler that also needs the event. */
    <T> Socket once(String event, Class<T> type, TypedHandler<T> handler);

    /** {@link #once(String, Class, ValueHandler)} for a generic type. */
    <T> Socket once(String event, TypeReference<T> type, ValueHandler<T> handler);

    /** {@link #once(String, Class, TypedHandler)} for a generic type. */
    <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler);

    /** Removes all handlers of an event. */
    Socket off(String event);

    /**
     * Removes one handler of an event: the same object that was given to {@code on}, {@code once} or {@code onInline}. Does nothing when it
     * is not registered.
     */
    Socket off(String event, SocketHandler handler);

    /**
     * Sets a handler that runs on the event loop as soon as the event arrives, before events that still wait for a virtual thread. It must
     * not block: a run longer than a tenth of {@link ServerOptions.Builder#slowHandler}, 100 ms by default, is logged as a warning. An
     * event may also have handlers added with {@code on}. If {@link #use} added filters, the handler runs after them, on the virtual
     * thread.
     */
    Socket onInline(String event, EventHandler handler);

    /** Adds a handler of every event. It runs before the handlers of that event, on the same virtual thread. */
    Socket onAny(AnyHandler handler);

    /** Adds a handler as {@link #onAny}, in front of the present ones. */
    Socket prependAny(AnyHandler handler);

    /** Removes a handler that {@link #onAny} or {@link #prependAny} added. */
    Socket offAny(AnyHandler handler);

    /** A copy of the handlers that {@link #onAny} and {@link #prependAny} added, in the order in which they run. */
    List<AnyHandler> listenersAny();

    /** Adds a handler that is called with every event sent to this client, also by broadcasts, on the sending thread. It must not block. */
    Socket onAnyOutgoing(OutgoingHandler handler);

    /** Adds a handler as {@link #onAnyOutgoing}, in front of the present ones. */
    Socket prependAnyOutgoing(OutgoingHandler handler);

    /** Removes a handler that {@link #onAnyOutgoing} or {@link #prependAnyOutgoing} added. */
    Socket offAnyOutgoing(OutgoingHandler handler);

    /** A copy of the handlers that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added, in the order in which they are called. */
    List<OutgoingHandler> listenersAnyOutgoing();

    /** Adds a filter that every event must pass before its handlers run. Filters run on the virtual thread, in the order added. */
    Socket use(EventFilter filter);

    /**
     * Adds a handler that is called with the event's name and the exception when a filter or handler throws. The socket stays connected.
     */
    Socket onError(BiConsumer<String, Throwable> handler);

    /**
     * Adds a handler called once with the reason, after the last event and before {@link #onDisconnect}; {@link #rooms} is still complete.
     */
    Socket onDisconnecting(Consumer<String> handler);

    /** Adds a handler called once with the reason, after the last event, when the socket has left its rooms. */
    Socket onDisconnect(Consumer<String> handler);

    /**
     * Adds a handler that is called when the send queue is down to half of {@code highWaterMark}, after {@link #tryEmit}, or {@link #emit}
     * on an event loop, found it full. It runs in order with the socket's other handlers.
     */
    Socket onDrain(Runnable handler);

    /** Adds a handler called with the new transport's name when the session has moved to it. */
    Socket onTransportUpgrade(Consumer<String> handler);

    /** Handles events of every name. */
    @FunctionalInterface
    interface AnyHandler {
        // Exception, for the reason given in EventHandler.
        /** Handles one event. */
        void on(String name, Event event) throws Exception;
    }

    /** Observes sent events. */
    @FunctionalInterface
    interface OutgoingHandler {
        /** Observes one event; the arguments include its name. */
        void on(String name, Arguments event);
    }
}
