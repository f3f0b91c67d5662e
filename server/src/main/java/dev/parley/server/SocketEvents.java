package dev.parley.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.type.TypeReference;

/** What an application can listen for on a {@link Socket}. Its own class for its length only. Safe from any thread. */
abstract sealed class SocketEvents permits Socket {
    final Handlers handlers = new Handlers();
    final List<BiConsumer<String, Throwable>> errorHandlers = new CopyOnWriteArrayList<>();
    final List<Consumer<String>> disconnectingHandlers = new CopyOnWriteArrayList<>();
    final List<Consumer<String>> disconnectHandlers = new CopyOnWriteArrayList<>();
    final List<Consumer<String>> upgradeHandlers = new CopyOnWriteArrayList<>();
    final List<Runnable> drainHandlers = new CopyOnWriteArrayList<>();

    /**
     * Adds a handler of an event.
     *
     * @throws IllegalArgumentException for {@code connect}, {@code connection}, {@code disconnect} and {@code disconnecting}, as every form
     *                                  of {@code on}, {@code once} and {@code onInline} does: see {@link Namespace#onConnection}, {@link
     *                                  #onDisconnect} and {@link #onDisconnecting}
     */
    public Socket on(String event, EventHandler handler) {
        handlers.add(event, handler, handler, false);
        return socket();
    }

    /**
     * Adds a handler that receives the event's first argument as a value of a class. An argument of another type does not reach the
     * handler: {@link #onError} is called with an {@link ArgumentTypeException}, which is logged as a warning.
     */
    public <T> Socket on(String event, Class<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), false);
    }

    /** {@link #on(String, Class, ValueHandler)} for a handler that also needs the event, to acknowledge it or for more arguments. */
    public <T> Socket on(String event, Class<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), false);
    }

    /** {@link #on(String, Class, ValueHandler)} for a generic type, as {@code new TypeReference<List<Move>>() {}}. */
    public <T> Socket on(String event, TypeReference<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), false);
    }

    /** {@link #on(String, Class, TypedHandler)} for a generic type, as {@code new TypeReference<List<Move>>() {}}. */
    public <T> Socket on(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), false);
    }

    /** Adds a handler that is run for the next such event only. */
    public Socket once(String event, EventHandler handler) {
        handlers.add(event, handler, handler, true);
        return socket();
    }

    /**
     * {@link #on(String, Class, ValueHandler)} for the next such event only. That event is the one also when its argument is of another
     * type, so that the handler is removed without having run.
     */
    public <T> Socket once(String event, Class<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), true);
    }

    /** {@link #once(String, Class, ValueHandler)} for a handler that also needs the event. */
    public <T> Socket once(String event, Class<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), true);
    }

    /** {@link #once(String, Class, ValueHandler)} for a generic type. */
    public <T> Socket once(String event, TypeReference<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), true);
    }

    /** {@link #once(String, Class, TypedHandler)} for a generic type. */
    public <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), true);
    }

    private Socket typed(String event, SocketHandler given, EventHandler run, boolean once) {
        handlers.add(event, given, run, once);
        return socket();
    }

    /** Removes all handlers of an event. */
    public Socket off(String event) {
        handlers.remove(event);
        return socket();
    }

    /**
     * Removes one handler of an event, typed or not, inline or not: the very object that was given to {@code on}, {@code once} or {@code
     * onInline}. Does nothing when it is not registered.
     */
    public Socket off(String event, SocketHandler handler) {
        handlers.remove(event, handler);
        return socket();
    }

    /**
     * Sets a handler that runs on the event loop at once, before events that still wait for a virtual thread. It must not block:
     * one that runs longer than a tenth of {@link ServerOptions.Builder#slowHandler}, 100 ms by default, is logged as a warning. An event
     * may have both kinds. With filters in {@link #use} it runs after them, on the virtual thread.
     */
    public Socket onInline(String event, EventHandler handler) {
        handlers.setInline(event, handler);
        return socket();
    }

    /** Adds a handler of every event, run before the event's own ones and like them. */
    public Socket onAny(Socket.AnyHandler handler) {
        handlers.any.add(handler);
        return socket();
    }

    /** {@link #onAny}, before those there are. */
    public Socket prependAny(Socket.AnyHandler handler) {
        handlers.any.addFirst(handler);
        return socket();
    }

    /** Removes one that {@link #onAny} or {@link #prependAny} added. */
    public Socket offAny(Socket.AnyHandler handler) {
        handlers.any.remove(handler);
        return socket();
    }

    /** Those that {@link #onAny} and {@link #prependAny} added, in the order in which they run. */
    public List<Socket.AnyHandler> listenersAny() {
        return List.copyOf(handlers.any);
    }

    /** Adds one who is told of every event sent to this client, broadcasts included, on the thread that sends. It must not block. */
    public Socket onAnyOutgoing(Socket.OutgoingHandler handler) {
        handlers.anyOutgoing.add(handler);
        return socket();
    }

    /** {@link #onAnyOutgoing}, before those there are. */
    public Socket prependAnyOutgoing(Socket.OutgoingHandler handler) {
        handlers.anyOutgoing.addFirst(handler);
        return socket();
    }

    /** Removes one that {@link #onAnyOutgoing} or {@link #prependAnyOutgoing} added. */
    public Socket offAnyOutgoing(Socket.OutgoingHandler handler) {
        handlers.anyOutgoing.remove(handler);
        return socket();
    }

    /** Those that {@link #onAnyOutgoing} and {@link #prependAnyOutgoing} added, in the order in which they are told. */
    public List<Socket.OutgoingHandler> listenersAnyOutgoing() {
        return List.copyOf(handlers.anyOutgoing);
    }

    /** Adds a filter that each event has to pass before its handlers see it. */
    public Socket use(EventFilter filter) {
        handlers.filters.add(filter);
        return socket();
    }

    /** Adds one who is told the event and what its filters or handlers threw. The socket lives on. */
    public Socket onError(BiConsumer<String, Throwable> handler) {
        errorHandlers.add(handler);
        return socket();
    }

    /** Adds a listener told why the socket leaves, once, after its last event and before {@link #onDisconnect}, rooms still known. */
    public Socket onDisconnecting(Consumer<String> handler) {
        disconnectingHandlers.add(handler);
        return socket();
    }

    /** Adds a listener told why the socket left, once, after its last event. */
    public Socket onDisconnect(Consumer<String> handler) {
        disconnectHandlers.add(handler);
        return socket();
    }

    /**
     * Adds a listener that is called, in order with the socket's handlers, when half of {@code highWaterMark} is free again after {@link
     * Socket#tryEmit} or an event loop found no room.
     */
    public Socket onDrain(Runnable handler) {
        drainHandlers.add(handler);
        return socket();
    }

    /** Adds a listener told the new transport's name when the session moved to it. */
    public Socket onTransportUpgrade(Consumer<String> handler) {
        upgradeHandlers.add(handler);
        return socket();
    }

    private Socket socket() {
        return (Socket) this;
    }
}
