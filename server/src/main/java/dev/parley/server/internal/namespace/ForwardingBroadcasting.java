package dev.parley.server.internal.namespace;

import dev.parley.server.BroadcastOperator;
import dev.parley.server.Broadcasting;
import dev.parley.server.Event;
import dev.parley.server.RemoteSocket;
import dev.parley.server.Replies;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Forwards every call to {@link #broadcast}, which must be another object. Safe from any thread. */
public interface ForwardingBroadcasting extends Broadcasting {
    @Override
    default BroadcastOperator to(Collection<String> rooms) {
        return broadcast().to(rooms);
    }

    @Override
    default BroadcastOperator except(Collection<String> rooms) {
        return broadcast().except(rooms);
    }

    @Override
    default BroadcastOperator local() {
        return broadcast().local();
    }

    @Override
    default BroadcastOperator asVolatile() {
        return broadcast().asVolatile();
    }

    @Override
    default BroadcastOperator compress(boolean compress) {
        return broadcast().compress(compress);
    }

    @Override
    default BroadcastOperator timeout(Duration timeout) {
        return broadcast().timeout(timeout);
    }

    @Override
    default void emit(String event, @Nullable Object... values) {
        broadcast().emit(event, values);
    }

    @Override
    default void relay(String name, Event event) {
        broadcast().relay(name, event);
    }

    @Override
    default Replies call(Duration timeout, String event, @Nullable Object... values) {
        return broadcast().call(timeout, event, values);
    }

    @Override
    default CompletableFuture<Replies> callAsync(Duration timeout, String event, @Nullable Object... values) {
        return broadcast().callAsync(timeout, event, values);
    }

    @Override
    default List<RemoteSocket> fetchSockets() {
        return broadcast().fetchSockets();
    }

    @Override
    default CompletableFuture<List<RemoteSocket>> fetchSocketsAsync() {
        return broadcast().fetchSocketsAsync();
    }

    @Override
    default void socketsJoin(Collection<String> rooms) {
        broadcast().socketsJoin(rooms);
    }

    @Override
    default void socketsLeave(Collection<String> rooms) {
        broadcast().socketsLeave(rooms);
    }

    @Override
    default void disconnectSockets(boolean closeConnection) {
        broadcast().disconnectSockets(closeConnection);
    }
}
