package dev.parley.server.internal.handler;

import dev.parley.server.EventFilter;
import dev.parley.server.EventHandler;
import dev.parley.server.Socket;
import dev.parley.server.SocketHandler;
import dev.parley.server.TypedHandler;
import dev.parley.server.ValueHandler;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.type.TypeReference;

/** The methods of a socket that add and remove handlers. Safe from any thread. */
public interface HandlerRegistration extends Socket {
    /** Returns the handlers of the socket's events. */
    HandlerRegistry handlers();

    /** Returns the handlers of the socket's own life. */
    LifecycleHandlers lifecycle();

    @Override
    default Socket on(String event, EventHandler handler) {
        handlers().add(event, handler, handler, false);
        return this;
    }

    @Override
    default <T> Socket on(String event, Class<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), false);
    }

    @Override
    default <T> Socket on(String event, Class<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), false);
    }

    @Override
    default <T> Socket on(String event, TypeReference<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), false);
    }

    @Override
    default <T> Socket on(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), false);
    }

    @Override
    default Socket once(String event, EventHandler handler) {
        handlers().add(event, handler, handler, true);
        return this;
    }

    @Override
    default <T> Socket once(String event, Class<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), true);
    }

    @Override
    default <T> Socket once(String event, Class<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), true);
    }

    @Override
    default <T> Socket once(String event, TypeReference<T> type, ValueHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type)), true);
    }

    @Override
    default <T> Socket once(String event, TypeReference<T> type, TypedHandler<T> handler) {
        return typed(event, handler, arrived -> handler.on(arrived.as(0, type), arrived), true);
    }

    private Socket typed(String event, SocketHandler given, EventHandler run, boolean once) {
        handlers().add(event, given, run, once);
        return this;
    }

    @Override
    default Socket off(String event) {
        handlers().remove(event);
        return this;
    }

    @Override
    default Socket off(String event, SocketHandler handler) {
        handlers().remove(event, handler);
        return this;
    }

    @Override
    default Socket onInline(String event, EventHandler handler) {
        handlers().setInline(event, handler);
        return this;
    }

    @Override
    default Socket onAny(AnyHandler handler) {
        handlers().any.add(handler);
        return this;
    }

    @Override
    default Socket prependAny(AnyHandler handler) {
        handlers().any.addFirst(handler);
        return this;
    }

    @Override
    default Socket offAny(AnyHandler handler) {
        handlers().any.remove(handler);
        return this;
    }

    @Override
    default List<AnyHandler> listenersAny() {
        return List.copyOf(handlers().any);
    }

    @Override
    default Socket onAnyOutgoing(OutgoingHandler handler) {
        handlers().anyOutgoing.add(handler);
        return this;
    }

    @Override
    default Socket prependAnyOutgoing(OutgoingHandler handler) {
        handlers().anyOutgoing.addFirst(handler);
        return this;
    }

    @Override
    default Socket offAnyOutgoing(OutgoingHandler handler) {
        handlers().anyOutgoing.remove(handler);
        return this;
    }

    @Override
    default List<OutgoingHandler> listenersAnyOutgoing() {
        return List.copyOf(handlers().anyOutgoing);
    }

    @Override
    default Socket use(EventFilter filter) {
        handlers().filters.add(filter);
        return this;
    }

    @Override
    default Socket onError(BiConsumer<String, Throwable> handler) {
        lifecycle().error.add(handler);
        return this;
    }

    @Override
    default Socket onDisconnecting(Consumer<String> handler) {
        lifecycle().disconnecting.add(handler);
        return this;
    }

    @Override
    default Socket onDisconnect(Consumer<String> handler) {
        lifecycle().disconnect.add(handler);
        return this;
    }

    @Override
    default Socket onDrain(Runnable handler) {
        lifecycle().drain.add(handler);
        return this;
    }

    @Override
    default Socket onTransportUpgrade(Consumer<String> handler) {
        lifecycle().upgrade.add(handler);
        return this;
    }
}
