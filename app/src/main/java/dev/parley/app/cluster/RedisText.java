package dev.parley.app.cluster;

import dev.parley.cluster.ClusterScript;
import dev.parley.cluster.ClusterScripts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A text in Redis with a version, which is replaced only if it is the one that was read. Redis refuses a replacement that reaches it
 * {@link #TIMEOUT} after the reading, so that none happens after this server has given up. Safe from any thread; each method waits for at most
 * {@link #TIMEOUT}.
 */
public final class RedisText {

    /** How long Redis may take. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final ClusterScript READ = ScriptFiles.load("text-read.lua");
    private static final ClusterScript REPLACE = ScriptFiles.load("text-replace.lua");

    private final ClusterScripts redis;
    private final List<String> key;
    private final Duration lifetime;

    /** @param lifetime of the text after its last replacement */
    RedisText(ClusterScripts redis, String group, Duration lifetime) {
        this.redis = redis;
        this.key = List.of(redis.key(group, "text"));
        this.lifetime = lifetime;
    }

    /**
     * A stored text with its version.
     *
     * @param text     empty if nothing was
     * @param version  of the text; empty if there is none
     * @param deadline by the clock of Redis, in milliseconds, after which it does not take a text in place of this one
     */
    public record Stored(String text, String version, long deadline) {}

    /** Reads the present text. */
    public Stored read() throws IOException {
        var values = await(READ, List.of());
        return new Stored(values.get(0), values.get(1), Long.parseLong(values.get(2)) + TIMEOUT.toMillis());
    }

    /**
     * Replaces a text, if it is the present one and its deadline is not over. Redis knows the last 100 versions, so that a replacement can be asked
     * for again if its reply was lost.
     *
     * @return {@code done}, now or before, {@code changed} if it is no longer the present one, or {@code late}
     * @throws IOException if Redis does not respond in time: it may have replaced the text, and will not do so later
     */
    public String replace(Stored former, String text, String version) throws IOException {
        return await(REPLACE, List.of(former.version(), version, text, Long.toString(former.deadline()),
                Long.toString(lifetime.toMillis()))).getFirst();
    }

    private List<String> await(ClusterScript script, List<String> arguments) throws IOException {
        try {
            return redis.run(script, key, arguments)
                    .toCompletableFuture()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException away) {
            throw new IOException("Redis does not respond", away);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
