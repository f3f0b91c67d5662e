package dev.parley.cluster.broker;

import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.LogId;
import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.message.ClusterFormat;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.cluster.message.SessionFormat;
import dev.parley.server.adapter.PersistedSession;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * The stream of a {@link StreamsBroker} as a log, and the keys with the sessions of clients, both as {@code @socket.io/redis-streams-adapter} has
 * them. Entries of Parley also have the number of the broadcast. Safe from any thread.
 */
final class StreamLog implements RecoveryLog {
    private static final String SESSIONS = "sio:session:";
    private static final String NUMBER = "number";
    private static final int MAX_DIGITS = 18;
    private static final int MAX_SESSION = 64_000;

    private final String uid;
    private final String stream;
    private final String all;
    private final ClusterFormat format;
    private final SessionFormat sessions;
    private final RedisLink link;
    private final Traffic traffic;
    private final LongSupplier clock;

    /** @param all the channel of all servers of the namespace */
    StreamLog(String uid, String namespace, String stream, String all, ClusterFormat format, RedisLink link,
            BrokerContext context) {
        this.uid = uid;
        this.stream = stream;
        this.all = all;
        this.format = format;
        this.sessions = new SessionFormat(namespace, MAX_SESSION, context.limits());
        this.link = link;
        this.traffic = context.traffic();
        this.clock = context.clock();
    }

    @Override
    public long millis() {
        return clock.getAsLong();
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public CompletionStage<?> append(ClusterMessage.Broadcast broadcast, long number) {
        try {
            var fields = new LinkedHashMap<>(format.fields(broadcast).orElseThrow());
            fields.put(NUMBER, Long.toString(number));
            return link.addToStream(stream, fields);
        } catch (RuntimeException e) {
            traffic.countUnsendable(e);
            return CompletableFuture.failedStage(e);
        }
    }

    /** Returns an entry of the stream. Its message is decoded when it is asked for. */
    LogEntry entry(LogId id, Map<String, String> fields) {
        return new LogEntry(id, ClusterFormat.sender(fields), number(fields.getOrDefault(NUMBER, "")),
                () -> format.message(fields));
    }

    private static long number(String text) {
        boolean valid = !text.isEmpty() && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return valid ? Long.parseLong(text) : 0;
    }

    @Override
    public CompletionStage<Boolean> contains(LogId id) {
        return link.range(stream, id.text(), id.text(), 1).thenApply(found -> !found.isEmpty());
    }

    @Override
    public CompletionStage<List<LogEntry>> read(LogId first, LogId last, int count) {
        return link.range(stream, first.text(), last.text(), count)
                .thenApply(entries -> entries.stream()
                        .flatMap(found -> LogId.parse(found.id())
                                .map(id -> entry(id, found.fields()))
                                .stream())
                        .toList());
    }

    @Override
    public Optional<String> encode(PersistedSession session) {
        return sessions.encode(session);
    }

    @Override
    public CompletionStage<?> save(String pid, String session, Duration lifetime) {
        return link.keys().set(SESSIONS + pid, session, lifetime);
    }

    @Override
    public CompletionStage<Optional<PersistedSession>> take(String pid) {
        return SessionFormat.isId(pid)
                ? link.keys()
                        .take(SESSIONS + pid)
                        .thenApply(found -> found.flatMap(text -> sessions.decode(pid, text)))
                : CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<?> delete(String pid) {
        return link.keys().delete(SESSIONS + pid);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the link counts what it drops
    public void disconnectElsewhere(String sid) {
        // Not through the stream, which it would fill: the adapters take every message from the channel too.
        format.messagePack(RecoveryLog.takeover(sid)).ifPresent(bytes -> link.channels().publish(all, bytes));
    }
}
