package dev.parley.cluster.core;

import java.util.Set;
import java.util.function.Consumer;

/**
 * The other servers of a cluster that run Parley. Names have 16 characters; those of a server's adapters begin with its name. Safe from any thread;
 * no method blocks.
 */
public interface Peers {
    /** Nothing is known about other servers. */
    Peers UNKNOWN = new Peers() {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public Runnable onLeft(Consumer<String> listener) {
            return () -> {};
        }
    };

    /** Returns the names of those that live. */
    Set<String> names();

    /**
     * Calls back with the name of each server that leaves or dies, when it no longer receives requests.
     *
     * @param listener must not block
     * @return ends the calls
     */
    Runnable onLeft(Consumer<String> listener);
}
