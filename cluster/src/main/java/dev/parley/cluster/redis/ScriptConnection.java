package dev.parley.cluster.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Runs scripts on a connection of their own; at most {@value #LIMIT} are under way. Safe from any thread; no method blocks. */
public final class ScriptConnection {
    private static final int LIMIT = 1_000;

    private final RedisScriptingAsyncCommands<String, byte[]> commands;
    private final BooleanSupplier connected;
    private final AtomicInteger underWay = new AtomicInteger();

    ScriptConnection(RedisScriptingAsyncCommands<String, byte[]> commands, BooleanSupplier connected) {
        this.commands = commands;
        this.connected = connected;
    }

    /** Returns whether Redis is connected. */
    public boolean connected() {
        return connected.getAsBoolean();
    }

    /**
     * Runs a script by its digest, and with its text if Redis does not know it.
     *
     * @return the values of the table that it returns
     */
    public CompletionStage<List<String>> run(String text, String digest, List<String> keys,
            List<String> arguments) {
        if (!connected()) {
            return CompletableFuture.failedStage(new IllegalStateException("Redis is not connected"));
        }
        if (underWay.incrementAndGet() > LIMIT) {
            underWay.decrementAndGet();
            return CompletableFuture.failedStage(new IllegalStateException("too much waits for Redis"));
        }
        String[] names = keys.toArray(String[]::new);
        byte[][] values = arguments.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        return commands.<List<Object>>evalsha(digest, ScriptOutputType.MULTI, names, values)
                .exceptionallyCompose(failure -> isUnknown(failure)
                        ? commands.<List<Object>>eval(text, ScriptOutputType.MULTI, names, values)
                        : CompletableFuture.failedStage(failure))
                .whenComplete((reply, failure) -> underWay.decrementAndGet())
                .thenApply(reply -> reply.stream().map(ScriptConnection::text).toList());
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof RedisNoScriptException || (failure instanceof CompletionException wrapped
                && wrapped.getCause() instanceof RedisNoScriptException);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8)
                : String.valueOf(value);
    }
}
