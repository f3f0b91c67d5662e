package dev.parley.cluster.redis;

import dev.parley.cluster.broker.RedisLink.Listener;
import dev.parley.cluster.broker.RedisLink.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Who listens to which channels of one connection. A channel is subscribed to with its first listener, and given up with its last. Safe from
 * any thread.
 */
final class Subscriptions {
    private final ConcurrentMap<String, List<Listener>> listeners = new ConcurrentHashMap<>();
    private final Consumer<String> subscribe;
    private final Consumer<String> unsubscribe;

    /** The commands must not block. They are called in the order of the changes of a channel. */
    Subscriptions(Consumer<String> subscribe, Consumer<String> unsubscribe) {
        this.subscribe = subscribe;
        this.unsubscribe = unsubscribe;
    }

    Subscription add(Collection<String> channels, Listener listener) {
        var wanted = List.copyOf(channels);
        for (String channel : wanted) {
            listeners.compute(channel, (name, there) -> {
                if (there == null) {
                    subscribe.accept(name);
                    return List.of(listener);
                }
                var more = new ArrayList<>(there);
                more.add(listener);
                return List.copyOf(more);
            });
        }
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                wanted.forEach(channel -> remove(channel, listener));
            }
        };
    }

    private void remove(String channel, Listener listener) {
        listeners.computeIfPresent(channel, (name, there) -> {
            var rest = new ArrayList<>(there);
            rest.remove(listener);
            if (rest.isEmpty()) {
                unsubscribe.accept(name);
                return null;
            }
            return List.copyOf(rest);
        });
    }

    /** Subscribes to all channels again, which does nothing where they still are. */
    void renew() {
        listeners.keySet().forEach(name -> listeners.computeIfPresent(name, (channel, there) -> {
            subscribe.accept(channel);
            return there;
        }));
    }

    /** Gives a message to those who listen. */
    void deliver(String subscribed, String channel, byte[] message) {
        for (Listener listener : listeners.getOrDefault(subscribed, List.of())) {
            listener.on(channel, message);
        }
    }
}
