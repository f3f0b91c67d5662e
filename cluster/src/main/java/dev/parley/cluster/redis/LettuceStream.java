package dev.parley.cluster.redis;

import dev.parley.cluster.broker.RedisLink.StreamEntry;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The commands of one stream on one connection. Safe from any thread. */
final class LettuceStream implements StreamReader.Commands {
    private static final Duration BLOCK = Duration.ofSeconds(5);
    /** Entries of a stream, about: as the adapter for Node.js keeps. */
    private static final long LENGTH = 10_000;

    private final String name;
    private final RedisClusterAsyncCommands<String, byte[]> commands;

    LettuceStream(String name, RedisClusterAsyncCommands<String, byte[]> commands) {
        this.name = name;
        this.commands = commands;
    }

    /** Adds an entry. The oldest go when there are many. */
    CompletionStage<String> add(Map<String, byte[]> body) {
        return commands.xadd(name, XAddArgs.Builder.maxlen(LENGTH).approximateTrimming(), body);
    }

    /** Returns entries from one id to another, both included, oldest first. */
    CompletionStage<List<StreamEntry>> range(String first, String last, int count) {
        return commands.xrange(name, Range.create(first, last), Limit.from(count))
                .thenApply(LettuceStream::entries);
    }

    @Override
    public CompletionStage<Optional<StreamEntry>> last() {
        return commands.xrevrange(name, Range.unbounded(), Limit.from(1))
                .thenApply(found -> entries(found).stream().findFirst());
    }

    @Override
    public CompletionStage<?> addEmpty() {
        return commands.xadd(name, Map.of("nsp", new byte[0], "type", new byte[]{'0'}));
    }

    @Override
    @SuppressWarnings("unchecked") // an array of one offset
    public CompletionStage<List<StreamEntry>> after(String id) {
        return commands
                .xread(XReadArgs.Builder.count(StreamReader.COUNT).block(BLOCK),
                        XReadArgs.StreamOffset.from(name, id))
                .thenApply(LettuceStream::entries);
    }

    @Override
    public CompletionStage<Boolean> contains(String id) {
        return range(id, id, 1).thenApply(found -> !found.isEmpty());
    }

    private static List<StreamEntry> entries(List<StreamMessage<String, byte[]>> messages) {
        return messages.stream()
                .map(message -> new StreamEntry(message.getId(), texts(message.getBody())))
                .toList();
    }

    private static Map<String, String> texts(Map<String, byte[]> body) {
        var texts = new LinkedHashMap<String, String>();
        body.forEach((field, value) -> texts.put(field, new String(value, StandardCharsets.UTF_8)));
        return texts;
    }
}
