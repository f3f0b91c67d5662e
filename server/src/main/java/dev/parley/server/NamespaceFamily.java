package dev.parley.server;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A family of namespaces: its rule, what is registered for all of them, and those there are. Safe from any thread. */
final class NamespaceFamily implements ParentNamespace {
    final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    final List<Namespace.ConnectionHandler> connectionHandlers = new CopyOnWriteArrayList<>();
    final List<Consumer<Namespace>> newcomers = new CopyOnWriteArrayList<>();
    private final NamespaceRule rule;
    private final @Nullable Pattern pattern;
    private final ConcurrentMap<String, ServedNamespace> children = new ConcurrentHashMap<>();

    /** @param pattern of the names, when the rule is nothing else */
    NamespaceFamily(NamespaceRule rule, @Nullable Pattern pattern) {
        this.rule = rule;
        this.pattern = pattern;
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

    /** Whether a name is one of these, whoever asks. */
    boolean covers(String name) {
        return pattern != null && pattern.matcher(name).matches();
    }

    boolean accepts(String name, Handshake handshake) {
        return rule.accepts(name, handshake);
    }

    void adopt(ServedNamespace child) {
        children.put(child.name(), child);
        child.server().tell(newcomers, handler -> handler.accept(child));
    }

    void lose(ServedNamespace child) {
        children.remove(child.name(), child);
    }
}
