package dev.parley.server.internal.namespace;

import dev.parley.server.Handshake;
import dev.parley.server.Namespace;
import dev.parley.server.NamespaceRule;
import dev.parley.server.SocketIoServer;
import dev.parley.server.internal.context.ServerContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of a server. A client counts as an occupant from its request to join on, so that its namespace is not removed before it
 * has joined. Safe from any thread.
 */
public final class Namespaces {
    private final ConcurrentMap<String, ServedNamespace> byName = new ConcurrentHashMap<>();
    /** Held while a namespace is created; handlers that are called for it may create others. */
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ServedNamespace> making = new HashMap<>(2);
    private final List<NamespaceFamily> parents = new CopyOnWriteArrayList<>();
    private final List<Consumer<Namespace>> newcomers = new CopyOnWriteArrayList<>();
    private final SocketIoServer server;
    private final ServerContext context;

    /** Creates the namespaces of a server, of which there are none yet. */
    public Namespaces(SocketIoServer server, ServerContext context) {
        this.server = server;
        this.context = context;
    }

    public ServedNamespace of(String name) {
        String full = name.startsWith("/") ? name : "/" + name;
        var there = byName.get(full);
        if (there != null) {
            return there;
        }
        lock.lock();
        try {
            var found = byName.getOrDefault(full, making.get(full));
            return found != null ? found : make(full, family(full), 0);
        } finally {
            lock.unlock();
        }
    }

    public NamespaceFamily of(NamespaceRule rule) {
        return added(new NamespaceFamily(rule, null, context));
    }

    public NamespaceFamily of(Pattern pattern) {
        return added(
                new NamespaceFamily((name, handshake) -> pattern.matcher(name).matches(), pattern, context));
    }

    private NamespaceFamily added(NamespaceFamily parent) {
        parents.add(parent);
        return parent;
    }

    public void onNew(Consumer<Namespace> handler) {
        newcomers.add(handler);
    }

    public List<ServedNamespace> all() {
        return List.copyOf(byName.values());
    }

    public boolean hasRules() {
        return !parents.isEmpty();
    }

    /** Returns an existing namespace, with one more occupant. */
    public Optional<ServedNamespace> enter(String name) {
        return Optional.ofNullable(byName.computeIfPresent(name, (key, namespace) -> {
            namespace.occupants++;
            return namespace;
        }));
    }

    /** Returns a namespace that a rule allows, with one more occupant. Creates it if necessary. Blocks if the rule blocks. */
    public Optional<ServedNamespace> enter(String name, Handshake handshake) {
        for (NamespaceFamily parent : parents) {
            if (parent.accepts(name, handshake)) {
                return enter(name, parent);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the family that a name belongs to: the namespace gets its middleware and handlers, whether a client or the application
     * creates it.
     */
    private @Nullable NamespaceFamily family(String name) {
        return parents.stream().filter(parent -> parent.covers(name)).findFirst().orElse(null);
    }

    private Optional<ServedNamespace> enter(String name, NamespaceFamily parent) {
        lock.lock();
        try {
            var there = enter(name);
            return there.isPresent() || byName.size() >= context.options().maxNamespaces() ? there
                    : Optional.of(make(name, parent, 1));
        } finally {
            lock.unlock();
        }
    }

    /** Removes one occupant, and an empty namespace if it was created by rule and the options say so. */
    public void leave(ServedNamespace namespace) {
        byName.computeIfPresent(namespace.name(), (name, there) -> {
            there.occupants--;
            var parent = there.parent();
            if (parent == null || there.occupants > 0 || !context.options().cleanupEmptyChildNamespaces()) {
                return there;
            }
            parent.lose(there);
            there.adapter().close();
            return null;
        });
    }

    public void close() {
        byName.values().forEach(namespace -> namespace.adapter().close());
    }

    /**
     * Creates a namespace. Called under the lock. Handlers that are called for it may look it up; clients find it after all of them have
     * returned.
     */
    private ServedNamespace make(String name, @Nullable NamespaceFamily parent, int occupants) {
        var namespace = new ServedNamespace(name, server, context, parent);
        namespace.occupants = occupants;
        making.put(name, namespace);
        boolean made = false;
        try {
            if (parent != null) {
                parent.adopt(namespace);
            }
            context.tell(newcomers, handler -> handler.accept(namespace));
            byName.put(name, namespace);
            made = true;
        } finally {
            making.remove(name);
            if (!made) {
                if (parent != null) {
                    parent.lose(namespace);
                }
                namespace.adapter().close();
            }
        }
        return namespace;
    }
}
