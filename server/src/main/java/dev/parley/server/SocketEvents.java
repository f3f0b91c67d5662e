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

    /** Adds a handler of an event. */
    public Socket on(String event, EventHandler handler) {
        handlers.add(event, handler, false);
        return socket();
    }

    /** Adds a handler that gets the event's first argument as a value of a class; what does not fit is told to {@link #onError}. */
    public <T> Socket on(String event, Class<T> type, TypedHandler<T> handler) {
        return on(event, arrived -> handler.on(arrived.as(0, type), arrived));
    }

    /** The same for a generic type, as {@code new TypeReference<List<Move>>() {}}. */
    public <T> Socket on(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return on(event, arrived -> handler.on(arrived.as(0, type), arrived));
    }

    /** Adds a handler that is run for the next such event only. */
    public Socket once(String event, EventHandler handler) {
        handlers.add(event, handler, true);
        return socket();
    }

    /** Removes all handlers of an event. */
    public Socket off(String event) {
        handlers.remove(event);
        return socket();
    }

    /** Removes one handler of an event: the very object that was given. */
    public Socket off(String event, EventHandler handler) {
        handlers.remove(event, handler);
        return socket();
    }

    /**
     * Sets a handler that runs on the event loop at once, before events that still wait for a virtual thread. It must not block. An
     * event may have both kinds. With filters in {@link #use} it runs after them, on the virtual thread.
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
