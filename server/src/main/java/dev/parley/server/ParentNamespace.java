package dev.parley.server;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A family of namespaces made when the first client asks for one, by a rule on its name. What is registered here holds for each of
 * them that is made afterwards. Safe from any thread.
 */
public final class ParentNamespace {
    final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    final List<Namespace.ConnectionHandler> connectionHandlers = new CopyOnWriteArrayList<>();
    final List<Consumer<Namespace>> newcomers = new CopyOnWriteArrayList<>();
    private final NamespaceRule rule;
    private final @Nullable Pattern pattern;
    private final ConcurrentMap<String, Namespace> children = new ConcurrentHashMap<>();

    /** @param pattern of the names, when the rule is nothing else */
    ParentNamespace(NamespaceRule rule, @Nullable Pattern pattern) {
        this.rule = rule;
        this.pattern = pattern;
    }

    /** As {@link Namespace#use}. */
    public ParentNamespace use(Middleware step) {
        middleware.add(step);
        return this;
    }

    /** As {@link Namespace#onConnection}. */
    public ParentNamespace onConnection(Namespace.ConnectionHandler handler) {
        connectionHandlers.add(handler);
        return this;
    }

    /** Adds one who is told of each namespace that is made, before anyone is in it. Must not block. */
    public ParentNamespace onNamespace(Consumer<Namespace> handler) {
        newcomers.add(handler);
        return this;
    }

    /** Those there are now. */
    public Collection<Namespace> children() {
        return List.copyOf(children.values());
    }

    /** Sends an event to all who are in any of them. */
    public void emit(String event, @Nullable Object... values) {
        children.values().forEach(child -> child.emit(event, values));
    }

    /** Whether a name is one of these, whoever asks. */
    boolean covers(String name) {
        return pattern != null && pattern.matcher(name).matches();
    }

    boolean accepts(String name, Handshake handshake) {
        return rule.accepts(name, handshake);
    }

    void adopt(Namespace child) {
        children.put(child.name(), child);
        child.server().tell(newcomers, handler -> handler.accept(child));
    }

    void lose(Namespace child) {
        children.remove(child.name(), child);
    }
}
