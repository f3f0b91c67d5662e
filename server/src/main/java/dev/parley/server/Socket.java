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
 * One client in one namespace. All methods may be called from any thread; what is sent from one thread arrives in that order. Handlers
 * run in order on a virtual thread and may block; events wait for them up to a limit. Register handlers in the connection handler: no
 * event is handed out before it has returned. Implemented by the server: applications do not implement it, and methods may be added.
 */
public interface Socket {
    /** Names this client in this namespace, to applications and to the client. Not the id of its session, which is a secret. */
    String id();

    /** The namespace it is in. */
    Namespace namespace();

    /** The request with which the client came, and the credentials that it gave to this namespace. */
    Handshake handshake();

    /** The connection under it, which it shares with the client's sockets in other namespaces. */
    ClientConnection connection();

    /** {@code polling} or {@code websocket}, as of now. */
    String transport();

    /** Whether it is in its namespace still. */
    boolean connected();

    /** Whether it was lost and has come back with its id, rooms, data and the events it missed. */
    boolean recovered();

    /** A place for what the application wants to keep with the socket. */
    ConcurrentMap<String, Object> data();

    /** Its rooms, the one of its own id among them. In {@link #onDisconnecting} those it was in to the end; afterwards none. */
    Set<String> rooms();

    /**
     * Joins rooms; at once, for broadcasts that follow. Does nothing when the socket has left.
     *
     * @throws IllegalStateException when it would be in more than {@code maxRoomsPerSocket}
     */
    default void join(String... rooms) {
        join(List.of(rooms));
    }

    /** {@link #join(String...)} for rooms in a collection. */
    void join(Collection<String> rooms);

    /** Leaves rooms; at once, for broadcasts that follow. Does nothing for rooms that it is not in. */
    default void leave(String... rooms) {
        leave(List.of(rooms));
    }

    /** {@link #leave(String...)} for rooms in a collection. */
    void leave(Collection<String> rooms);

    /** This client alone, for an event with settings of its own: {@code socket.self().compress(false).asVolatile().emit(…)}. */
    BroadcastOperator self();

    /** All others in the namespace. */
    BroadcastOperator broadcast();

    /** The members of these rooms, but for itself. */
    default BroadcastOperator to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** {@link #to(String...)} for rooms in a collection. */
    default BroadcastOperator to(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /** Another word for {@link #to(String...)}. */
    default BroadcastOperator in(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Another word for {@link #to(Collection)}. */
    default BroadcastOperator in(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    /** All others but for the members of these rooms. */
    default BroadcastOperator except(String... rooms) {
        return broadcast().except(rooms);
    }

    /** {@link #except(String...)} for rooms in a collection. */
    default BroadcastOperator except(Collection<String> rooms) {
        return broadcast().except(rooms);
    }

    /** All others on this server. */
    default BroadcastOperator local() {
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
    void emit(String event, @Nullable Object... values);

    /** Sends the event {@code message}, which other sides listen for where no name was agreed on. */
    default void send(@Nullable Object... values) {
        emit("message", values);
    }

    /** {@link #emit(String, Object...)} for what is not worth waiting for: dropped when the client cannot take it at once. */
    void emitVolatile(String event, @Nullable Object... values);

    /**
     * {@link #emit(String, Object...)} without ever waiting: sends nothing and returns false when more than {@code highWaterMark} waits for the
     * client. {@link #onDrain} tells when there is room again. Returns true when the socket has left, as {@code emit} does nothing then.
     */
    boolean tryEmit(String event, @Nullable Object... values);

    /**
     * Sends an event on, of this client's or another's, under a name of the application's choice: {@code other.relay("said", event)}. Its
     * arguments are sent as they came, attachments and incomplete characters (lone surrogates) included, without being parsed. Waits for
     * room as {@link #emit} does.
     *
     * @throws IllegalArgumentException as {@link #emit}
     * @throws NotSentException         as {@link #emit}
     */
    void relay(String name, Event event);

    /** Sends an event whose arguments are encoded already, its name included, as {@link Event#arguments} gives it. */
    void emitRaw(Arguments event);

    /**
     * Sends an event with arguments that are encoded already; {@link #relay} sends a client's event under another name.
     *
     * @param values a JSON array without the event's name
     */
    void emitRaw(String event, Arguments values);

    /**
     * Sends an event and waits for the client's answer; call it on a virtual thread, as handlers are.
     *
     * @throws NoReplyException      when none comes in time, the socket has left or leaves, or too many are awaited
     * @throws IllegalStateException on an event loop, which must not wait
     */
    Reply call(Duration timeout, String event, @Nullable Object... values);

    /**
     * {@link #call} without waiting: completed on the socket's event loop, exceptionally with a {@link NoReplyException}. Replies complete
     * their calls in the order in which the client's packets arrive: before a later event of the client reaches a handler, inline or not.
     * Handlers of events that arrived earlier may still run or wait, except inline ones. Stages added without {@code Async} in their name
     * run on the event loop and must not block.
     */
    CompletableFuture<Reply> callAsync(Duration timeout, String event, @Nullable Object... values);

    /**
     * Puts the client out of this namespace.
     *
     * @param closeConnection whether to end the whole connection with it
     */
    void disconnect(boolean closeConnection);

    /**
     * Adds a handler of an event.
     *
     * @throws IllegalArgumentException for {@code connect}, {@code connection}, {@code disconnect} and {@code disconnecting}, as every form
     *                                  of {@code on}, {@code once} and {@code onInline} does: see {@link Namespace#onConnection}, {@link
     *                                  #onDisconnect} and {@link #onDisconnecting}
     */
    Socket on(String event, EventHandler handler);

    /**
     * Adds a handler that receives the event's first argument as a value of a class. An argument of another type does not reach the
     * handler: {@link #onError} is called with an {@link ArgumentTypeException}, which is logged as a warning.
     */
    <T> Socket on(String event, Class<T> type, ValueHandler<T> handler);

    /** {@link #on(String, Class, ValueHandler)} for a handler that also needs the event, to acknowledge it or for more arguments. */
    <T> Socket on(String event, Class<T> type, TypedHandler<T> handler);

    /** {@link #on(String, Class, ValueHandler)} for a generic type, as {@code new TypeReference<List<Move>>() {}}. */
    <T> Socket on(String event, TypeReference<T> type, ValueHandler<T> handler);

    /** {@link #on(String, Class, TypedHandler)} for a generic type, as {@code new TypeReference<List<Move>>() {}}. */
    <T> Socket on(String event, TypeReference<T> type, TypedHandler<T> handler);

    /** Adds a handler that is run for the next such event only. */
    Socket once(String event, EventHandler handler);

    /**
     * {@link #on(String, Class, ValueHandler)} for the next such event only. That event is the one also when its argument is of another
     * type, so that the handler is removed without having run.
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
     * Removes one handler of an event, typed or not, inline or not: the very object that was given to {@code on}, {@code once} or {@code
     * onInline}. Does nothing when it is not registered.
     */
    Socket off(String event, SocketHandler handler);

    /**
     * Sets a handler that runs on the event loop at once, before events that still wait for a virtual thread. It must not block:
     * one that runs longer than a tenth of {@link ServerOptions.Builder#slowHandler}, 100 ms by default, is logged as a warning. An event
     * may have both kinds. With filters in {@link #use} it runs after them, on the virtual thread.
     */
    Socket onInline(String event, EventHandler handler);

    /** Adds a handler of every event, run before the event's own ones and like them. */
    Socket onAny(AnyHandler handler);

    /** {@link #onAny}, before those there are. */
    Socket prependAny(AnyHandler handler);

    /** Removes one that {@link #onAny} or {@link #prependAny} added. */
    Socket offAny(AnyHandler handler);

    /** Those that {@link #onAny} and {@link #prependAny} added, in the order in which they run. */
    List<AnyHandler> listenersAny();

    /** Adds one who is told of every event sent to this client, broadcasts included, on the thread that sends. It must not block. */
    Socket onAnyOutgoing(OutgoingHandler handler);

    /** {@link #onAnyOutgoing}, before those there are. */
    Socket prependAnyOutgoing(OutgoingHandler handler);

    /** Removes one that {@link #onAnyOutgoing} or {@link #prependAnyOutgoing} added. */
    Socket offAnyOutgoing(OutgoingHandler handler);

    /** Those that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added, in the order in which they are told. */
    List<OutgoingHandler> listenersAnyOutgoing();

    /** Adds a filter that each event has to pass before its handlers see it. */
    Socket use(EventFilter filter);

    /** Adds one who is told the event and what its filters or handlers threw. The socket lives on. */
    Socket onError(BiConsumer<String, Throwable> handler);

    /** Adds a listener told why the socket leaves, once, after its last event and before {@link #onDisconnect}, rooms still known. */
    Socket onDisconnecting(Consumer<String> handler);

    /** Adds a listener told why the socket left, once, after its last event. */
    Socket onDisconnect(Consumer<String> handler);

    /**
     * Adds a listener that is called, in order with the socket's handlers, when half of {@code highWaterMark} is free again after {@link
     * #tryEmit} or an event loop found no room.
     */
    Socket onDrain(Runnable handler);

    /** Adds a listener told the new transport's name when the session moved to it. */
    Socket onTransportUpgrade(Consumer<String> handler);

    /** Takes every event, whatever its name. */
    @FunctionalInterface
    interface AnyHandler {
        // Exception, for the reason given in EventHandler.
        /** Takes one event. */
        void on(String name, Event event) throws Exception;
    }

    /** Sees every event that is sent, its name among the arguments. */
    @FunctionalInterface
    interface OutgoingHandler {
        /** Sees one event. */
        void on(String name, Arguments event);
    }
}
