package dev.parley.server;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A family of namespaces, each created when the first client asks for it, by a rule on its name. Handlers and middleware registered here
 * apply to each namespace that is created afterwards. Safe from any thread. Implemented by the server: applications do not implement it,
 * and methods may be added.
 */
public interface ParentNamespace {
    /** As {@link Namespace#use}. */
    ParentNamespace use(Middleware step);

    /** As {@link Namespace#onConnection}. */
    ParentNamespace onConnection(Namespace.ConnectionHandler handler);

    /** Adds a handler called with each namespace that is created, before a client is in it. It must not block. */
    ParentNamespace onNamespace(Consumer<Namespace> handler);

    /** A copy of the current namespaces of this family. */
    Collection<Namespace> children();

    /** Sends an event to all clients of all namespaces of this family. */
    void emit(String event, @Nullable Object... values);
}
