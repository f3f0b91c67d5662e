package dev.parley.cluster.redis;

import dev.parley.cluster.broker.RedisLink;
import dev.parley.cluster.member.Member;
import dev.parley.cluster.member.MemberStore;
import dev.parley.cluster.member.RedisMembership;
import io.lettuce.core.KillArgs;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The members in Redis, in keys that begin with {@code PREFIX{member}:} and have lifetimes. One script says that a member lives, removes those that do not, and
 * returns all; it uses the clock of Redis. Safe from any thread.
 *
 * <p>A member dies when it has not beaten for its lifetime. If Redis has heard no member for a while, it was stopped, or cut off from all of them: then all
 * lifetimes begin anew.
 */
final class LettuceMembers implements MemberStore {
    /** When members have been silent for this long, in milliseconds, the store was away, and not they. */
    private static final int PAUSE = 5_000;
    /** How long the tags of those that have gone are kept, in milliseconds, and how many. */
    private static final int REMEMBERED = 600_000;
    private static final int MOST_REMEMBERED = 200;
    /** Lifetime of the keys, in milliseconds. */
    private static final int KEPT = 60_000;
    private static final byte[] NEWS = {'1'};

    private static final String BEAT = """
            local alive, info, left, dead, clock = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
            local tag, text = ARGV[1], ARGV[2]
            local lifetime, pause, kept = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
            local remembered, most = tonumber(ARGV[6]), tonumber(ARGV[7])
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local last = tonumber(redis.call('HGET', clock, 'last') or 0)
            local since = tonumber(redis.call('HGET', clock, 'since') or now)
            if now - last > pause then since = now end
            local before = redis.call('HGET', info, tag)
            local score = tonumber(redis.call('ZSCORE', alive, tag) or 0)
            if before and string.sub(before, 1, 16) ~= string.sub(text, 1, 16) and now - score <= lifetime then
              return {now, 1, {}, {}, {}}
            end
            redis.call('HSET', clock, 'last', string.format('%.0f', now), 'since', string.format('%.0f', since))
            redis.call('ZADD', alive, now, tag)
            redis.call('HSET', info, tag, text)
            redis.call('ZREM', left, tag)
            redis.call('ZREM', dead, tag)
            if now - since > lifetime then
              for _, each in ipairs(redis.call('ZRANGE', alive, '-inf', now - lifetime, 'BYSCORE', 'LIMIT', 0, 100)) do
                redis.call('ZREM', alive, each)
                redis.call('HDEL', info, each)
                redis.call('ZADD', dead, now, each)
              end
            end
            for _, gone in ipairs({left, dead}) do
              redis.call('ZREMRANGEBYSCORE', gone, '-inf', now - remembered)
              redis.call('ZREMRANGEBYRANK', gone, 0, -most - 1)
              redis.call('PEXPIRE', gone, remembered)
            end
            redis.call('PEXPIRE', alive, kept)
            redis.call('PEXPIRE', info, kept)
            redis.call('PEXPIRE', clock, kept)
            return {now, 0, redis.call('HGETALL', info), redis.call('ZRANGE', left, 0, -1), redis.call('ZRANGE', dead, 0, -1)}
            """;

    private static final String LEAVE = """
            local alive, info, left = KEYS[1], KEYS[2], KEYS[3]
            local before = redis.call('HGET', info, ARGV[1])
            if before and string.sub(before, 1, 16) == string.sub(ARGV[2], 1, 16) then
              local time = redis.call('TIME')
              redis.call('ZREM', alive, ARGV[1])
              redis.call('HDEL', info, ARGV[1])
              redis.call('ZADD', left, time[1] * 1000 + math.floor(time[2] / 1000), ARGV[1])
              redis.call('PEXPIRE', left, ARGV[3])
            end
            return 1
            """;

    private final RedisConnections.Open redis;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final RedisLink.Channels channels;
    private final BooleanSupplier connected;
    private final String channel;
    private final String[] keys;

    LettuceMembers(RedisConnections.Open redis, RedisLink.Channels channels, BooleanSupplier connected,
            String prefix) {
        this.redis = redis;
        this.commands = redis.commands();
        this.channels = channels;
        this.connected = connected;
        String start = prefix + "{member}:";
        this.channel = start + "news";
        this.keys = new String[]{start + "alive", start + "info", start + "left", start + "dead",
                start + "clock"};
    }

    @Override
    public CompletionStage<View> beat(Member self) {
        return when(
                () -> commands
                        .<List<Object>>eval(BEAT, ScriptOutputType.MULTI, keys, bytes(self.tag()),
                                bytes(self.text()), bytes(RedisMembership.LIFETIME.toMillis()), bytes(PAUSE),
                                bytes(KEPT), bytes(REMEMBERED), bytes(MOST_REMEMBERED))
                        .thenApply(LettuceMembers::view));
    }

    @Override
    public CompletionStage<Void> leave(Member self) {
        return when(
                () -> commands
                        .<Long>eval(LEAVE, ScriptOutputType.INTEGER, keys, bytes(self.tag()),
                                bytes(self.text()), bytes(REMEMBERED))
                        .<Void>thenApply(done -> null));
    }

    @Override
    public CompletionStage<Void> disconnect(Member dead) {
        String name = " name=" + clientName(dead.instance()) + " ";
        return when(() -> CompletableFuture.allOf(redis.nodes()
                .get()
                .stream()
                .map(node -> disconnect(name, node.async()))
                .toArray(CompletableFuture<?>[]::new)));
    }

    private static CompletableFuture<Void> disconnect(String name, RedisAsyncCommands<String, byte[]> node) {
        return node.clientList()
                .thenCompose(clients -> CompletableFuture.allOf(clients.lines()
                        .filter(line -> line.contains(name))
                        .map(LettuceMembers::id)
                        .map(id -> node.clientKill(KillArgs.Builder.id(id)).toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new)))
                .toCompletableFuture();
    }

    private static long id(String client) {
        return Long.parseLong(client.substring("id=".length(), client.indexOf(' ')));
    }

    /** Returns the name of the connections of an instance. */
    static String clientName(String instance) {
        return "parley-" + instance;
    }

    private <T> CompletionStage<T> when(Supplier<CompletionStage<T>> command) {
        return connected.getAsBoolean() ? command.get()
                : CompletableFuture.failedStage(new IllegalStateException("Redis is not connected"));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // without it, others notice with their next beat
    public void announce() {
        when(() -> commands.publish(channel, NEWS));
    }

    @Override
    public AutoCloseable onNews(Runnable listener) {
        return channels.subscribe(List.of(channel), (name, message) -> listener.run());
    }

    private static View view(List<Object> result) {
        return new View((Long) result.get(0), ((Long) result.get(1)) == 1L, map((List<?>) result.get(2)),
                set((List<?>) result.get(3)), set((List<?>) result.get(4)));
    }

    private static Map<String, String> map(List<?> flat) {
        var map = new HashMap<String, String>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            map.put(text(flat.get(i)), text(flat.get(i + 1)));
        }
        return map;
    }

    private static Set<String> set(List<?> values) {
        var set = new HashSet<String>();
        values.forEach(value -> set.add(text(value)));
        return set;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8)
                : String.valueOf(value);
    }

    private static byte[] bytes(Object value) {
        return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }
}
