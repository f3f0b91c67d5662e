package dev.parley.cluster.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels and patterns that Redis refuses to its user, of one connection. Safe from any thread. */
final class RefusedSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedSubscriptions.class);

    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** Logs a subscription that is refused. One that breaks is made again with the connection. */
    @SuppressWarnings("FutureReturnValueIgnored") // handled in it
    void watch(String name, CompletionStage<Void> subscription) {
        subscription.whenComplete((done, failure) -> {
            if (failure == null) {
                refused.remove(name);
            } else if (failure instanceof RedisCommandExecutionException) {
                refused.add(name);
                LOG.error("Redis refuses a subscription: {}. Check the rights of its user.",
                        failure.getMessage());
            }
        });
    }

    /** A channel is no longer needed. */
    @SuppressWarnings("FutureReturnValueIgnored") // a subscription ends with its connection
    void forget(String name, CompletionStage<Void> unsubscription) {
        unsubscription.whenComplete((done, failure) -> refused.remove(name));
    }

    boolean isEmpty() {
        return refused.isEmpty();
    }
}
