package dev.parley.server;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A family of namespaces made when the first client asks for one, by a rule on its name. What is registered here holds for each of
 * them that is made afterwards. Safe from any thread. Implemented by the server: applications do not implement it, and methods may be
 * added.
 */
public interface ParentNamespace {
    /** As {@link Namespace#use}. */
    ParentNamespace use(Middleware step);

    /** As {@link Namespace#onConnection}. */
    ParentNamespace onConnection(Namespace.ConnectionHandler handler);

    /** Adds one who is told of each namespace that is made, before anyone is in it. Must not block. */
    ParentNamespace onNamespace(Consumer<Namespace> handler);

    /** Those there are now. */
    Collection<Namespace> children();

    /** Sends an event to all who are in any of them. */
    void emit(String event, @Nullable Object... values);
}
