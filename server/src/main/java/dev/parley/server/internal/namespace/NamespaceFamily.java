package dev.parley.server.internal.namespace;

import dev.parley.server.Handshake;
import dev.parley.server.Middleware;
import dev.parley.server.Namespace;
import dev.parley.server.NamespaceRule;
import dev.parley.server.ParentNamespace;
import dev.parley.server.internal.context.ServerContext;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A family of namespaces: its rule, the handlers registered for all of them, and the existing ones. Safe from any thread. */
final class NamespaceFamily implements ParentNamespace {
    final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    final List<Namespace.ConnectionHandler> connectionHandlers = new CopyOnWriteArrayList<>();
    final List<Consumer<Namespace>> newcomers = new CopyOnWriteArrayList<>();
    private final NamespaceRule rule;
    private final @Nullable Pattern pattern;
    private final ServerContext context;
    private final ConcurrentMap<String, Namespace> children = new ConcurrentHashMap<>();

    /**
     * Creates a family without namespaces.
     *
     * @param pattern of the names, when the rule is nothing else
     */
    NamespaceFamily(NamespaceRule rule, @Nullable Pattern pattern, ServerContext context) {
        this.rule = rule;
        this.pattern = pattern;
        this.context = context;
    }

    @Override
    public ParentNamespace use(Middleware step) {
        middleware.add(step);
        return this;
    }

    @Override
    public ParentNamespace onConnection(Namespace.ConnectionHandler handler) {
        connectionHandlers.add(handler);
        return this;
    }

    @Override
    public ParentNamespace onNamespace(Consumer<Namespace> handler) {
        newcomers.add(handler);
        return this;
    }

    @Override
    public Collection<Namespace> children() {
        return List.copyOf(children.values());
    }

    @Override
    public void emit(String event, @Nullable Object... values) {
        children.values().forEach(child -> child.emit(event, values));
    }

    /** Returns whether the pattern matches a name, for every client. */
    boolean covers(String name) {
        return pattern != null && pattern.matcher(name).matches();
    }

    boolean accepts(String name, Handshake handshake) {
        return rule.accepts(name, handshake);
    }

    void adopt(Namespace child) {
        children.put(child.name(), child);
        context.tell(newcomers, handler -> handler.accept(child));
    }

    void lose(Namespace child) {
        children.remove(child.name(), child);
    }
}
