package dev.parley.server;

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
 * The namespaces of a server. Who enters one counts as in it from then on, so that it is not cleaned up under somebody who is being
 * let in. Safe from any thread.
 */
final class Namespaces {
    private final ConcurrentMap<String, ServedNamespace> byName = new ConcurrentHashMap<>();
    /** Held while a namespace is made, by whoever makes it; those who are told of it may make others meanwhile. */
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ServedNamespace> making = new HashMap<>(2);
    private final List<NamespaceFamily> parents = new CopyOnWriteArrayList<>();
    private final List<Consumer<Namespace>> newcomers = new CopyOnWriteArrayList<>();
    private final ServerCore server;

    Namespaces(ServerCore server) {
        this.server = server;
    }

    ServedNamespace of(String name) {
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

    NamespaceFamily of(NamespaceRule rule) {
        return added(new NamespaceFamily(rule, null));
    }

    NamespaceFamily of(Pattern pattern) {
        return added(new NamespaceFamily((name, handshake) -> pattern.matcher(name).matches(), pattern));
    }

    private NamespaceFamily added(NamespaceFamily parent) {
        parents.add(parent);
        return parent;
    }

    void onNew(Consumer<Namespace> handler) {
        newcomers.add(handler);
    }

    List<ServedNamespace> all() {
        return List.copyOf(byName.values());
    }

    boolean hasRules() {
        return !parents.isEmpty();
    }

    /** A namespace there is, with one more in it. */
    Optional<ServedNamespace> enter(String name) {
        return Optional.ofNullable(byName.computeIfPresent(name, (key, namespace) -> {
            namespace.occupants++;
            return namespace;
        }));
    }

    /** A namespace that a rule allows, made when need be, with one more in it. May block, as rules may. */
    Optional<ServedNamespace> enter(String name, Handshake handshake) {
        for (NamespaceFamily parent : parents) {
            if (parent.accepts(name, handshake)) {
                return enter(name, parent);
            }
        }
        return Optional.empty();
    }

    /** Whose namespace this is by its name alone: it gets the family's middleware and handlers, whoever asks for it first. */
    private @Nullable NamespaceFamily family(String name) {
        return parents.stream().filter(parent -> parent.covers(name)).findFirst().orElse(null);
    }

    private Optional<ServedNamespace> enter(String name, NamespaceFamily parent) {
        lock.lock();
        try {
            var there = enter(name);
            return there.isPresent() || byName.size() >= server.options().maxNamespaces() ? there
                    : Optional.of(make(name, parent, 1));
        } finally {
            lock.unlock();
        }
    }

    /** One fewer is in it. */
    void leave(ServedNamespace namespace) {
        byName.computeIfPresent(namespace.name(), (name, there) -> {
            there.occupants--;
            var parent = there.parent();
            if (parent == null || there.occupants > 0 || !server.options().cleanupEmptyChildNamespaces()) {
                return there;
            }
            parent.lose(there);
            there.adapter().close();
            return null;
        });
    }

    void close() {
        byName.values().forEach(namespace -> namespace.adapter().close());
    }

    /** Under the lock. Those who are told of it may look it up, but no client finds it before all of them have been told. */
    private ServedNamespace make(String name, @Nullable NamespaceFamily parent, int occupants) {
        var namespace = new ServedNamespace(name, server, parent);
        namespace.occupants = occupants;
        making.put(name, namespace);
        boolean made = false;
        try {
            if (parent != null) {
                parent.adopt(namespace);
            }
            server.tell(newcomers, handler -> handler.accept(namespace));
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
