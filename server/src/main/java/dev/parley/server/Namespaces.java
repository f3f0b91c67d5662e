package dev.parley.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of a server. Who enters one counts as in it from then on, so that it is not cleaned up under somebody who is being
 * let in. Safe from any thread.
 */
final class Namespaces {
    private final ConcurrentMap<String, Namespace> byName = new ConcurrentHashMap<>();
    private final List<ParentNamespace> parents = new CopyOnWriteArrayList<>();
    private final List<Consumer<Namespace>> newcomers = new CopyOnWriteArrayList<>();
    private final SocketIoServer server;

    Namespaces(SocketIoServer server) {
        this.server = server;
    }

    Namespace of(String name) {
        String full = name.startsWith("/") ? name : "/" + name;
        var there = byName.get(full);
        return there != null ? there : byName.computeIfAbsent(full, key -> make(key, null));
    }

    ParentNamespace of(NamespaceRule rule) {
        var parent = new ParentNamespace(rule);
        parents.add(parent);
        return parent;
    }

    void onNew(Consumer<Namespace> handler) {
        newcomers.add(handler);
    }

    List<Namespace> all() {
        return List.copyOf(byName.values());
    }

    boolean hasRules() {
        return !parents.isEmpty();
    }

    /** A namespace there is, with one more in it. */
    Optional<Namespace> enter(String name) {
        return Optional.ofNullable(byName.computeIfPresent(name, (key, namespace) -> {
            namespace.occupants++;
            return namespace;
        }));
    }

    /** A namespace that a rule allows, made when need be, with one more in it. May block, as rules may. */
    Optional<Namespace> enter(String name, Handshake handshake) {
        for (ParentNamespace parent : parents) {
            if (parent.accepts(name, handshake)) {
                if (!byName.containsKey(name) && byName.size() >= server.options().maxNamespaces()) {
                    return Optional.empty();
                }
                return Optional.ofNullable(byName.compute(name, (key, there) -> {
                    var namespace = there == null ? make(key, parent) : there;
                    namespace.occupants++;
                    return namespace;
                }));
            }
        }
        return Optional.empty();
    }

    /** One fewer is in it. */
    void leave(Namespace namespace) {
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

    private Namespace make(String name, @Nullable ParentNamespace parent) {
        var namespace = new Namespace(name, server, parent);
        if (parent != null) {
            parent.adopt(namespace);
        }
        newcomers.forEach(handler -> handler.accept(namespace));
        return namespace;
    }
}
