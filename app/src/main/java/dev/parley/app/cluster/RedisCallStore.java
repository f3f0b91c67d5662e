package dev.parley.app.cluster;

import dev.parley.calls.state.CallStateCodec;
import dev.parley.calls.state.CallStore;
import dev.parley.cluster.ClusterScript;
import dev.parley.cluster.ClusterScripts;
import dev.parley.cluster.store.ValueCipher;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the states of calls in Redis, encrypted, each with the name of its owner beside it. Scripts compare the owner and write in one step. At most
 * {@value #MAX_PENDING} bytes are under way; a state that finds no room is not stored. Thread-safe; no method waits.
 */
final class RedisCallStore implements CallStore {

    /** Bytes of states that Redis has not confirmed. */
    static final long MAX_PENDING = 32L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RedisCallStore.class);
    private static final ClusterScript PUT = ScriptFiles.load("call-put.lua");
    private static final ClusterScript TAKE = ScriptFiles.load("call-take.lua");
    private static final ClusterScript DELETE = ScriptFiles.load("call-delete.lua");

    private final ClusterScripts redis;
    private final ValueCipher cipher;
    private final AtomicLong pending = new AtomicLong();

    RedisCallStore(ClusterScripts redis, ValueCipher cipher) {
        this.redis = redis;
        this.cipher = cipher;
    }

    @Override
    public CompletionStage<Boolean> put(String key, String owner, byte[] state, Duration lifetime) {
        String value = Base64.getEncoder().encodeToString(cipher.encrypt(key, state));
        int size = value.length();
        if (pending.addAndGet(size) > MAX_PENDING) {
            pending.addAndGet(-size);
            return CompletableFuture.failedStage(new IllegalStateException("too much waits for Redis"));
        }
        return redis.run(PUT, keys(key), List.of(owner, millis(lifetime), value))
                .whenComplete((reply, failure) -> pending.addAndGet(-size))
                .thenApply(reply -> reply.getFirst().equals("stored"));
    }

    @Override
    public CompletionStage<Optional<byte[]>> take(String key, String owner, Duration lifetime) {
        return redis.run(TAKE, keys(key), List.of(owner, millis(lifetime)))
                .thenApply(reply -> reply.isEmpty() ? Optional.empty() : opened(key, reply.getFirst()));
    }

    private Optional<byte[]> opened(String key, String value) {
        if (value.length() > CallStateCodec.MAX_BYTES * 2) {
            return Optional.empty();
        }
        try {
            var state = cipher.decrypt(key, Base64.getDecoder().decode(value));
            if (state.isEmpty()) {
                LOG.warn(
                        "The state of a call cannot be decrypted. Give all servers the same cluster-secret.");
            }
            return state;
        } catch (IllegalArgumentException noBase64) {
            LOG.warn(
                    "The state of a call in Redis cannot be read. Check that only servers of the cluster write there.");
            return Optional.empty();
        }
    }

    @Override
    public CompletionStage<Void> delete(String key, String owner) {
        return redis.run(DELETE, keys(key), List.of(owner)).thenApply(reply -> null);
    }

    private List<String> keys(String key) {
        return List.of(redis.key("conversation:" + key, "state"), redis.key("conversation:" + key, "owner"));
    }

    private static String millis(Duration lifetime) {
        return Long.toString(lifetime.toMillis());
    }
}
