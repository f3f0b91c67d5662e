package dev.parley.cluster.recovery;

import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.LogId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * The clients of this server that have received, at another one, what this server has not read from the log yet. They do not receive it again, and their
 * offsets say that they have it. At most {@value #MAX_CLIENTS} are remembered. {@link #left} may be called by any thread; the others under the lock of their owner.
 */
final class AheadClients {
    private static final int MAX_CLIENTS = 10_000;
    /** Time after which a broadcast that a client had ahead of the log will not come: its server ended before Redis had it. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(1);
    /** The time of the log is known less exactly. An entry from later than that is one from before the clock was set back, or a client's invention. */
    private static final long MAX_MILLIS_AHEAD = 1_000;

    private final InstantSource clock;
    private final LongSupplier logMillis;
    private final ConcurrentMap<String, Ahead> clients = new ConcurrentHashMap<>();

    /**
     * @param servers  for each server whose broadcasts may still come from the log, the number of the last that the client has
     * @param position the client has all entries of the log up to this one
     * @param until    when {@code servers} are forgotten
     */
    private record Ahead(Map<String, Long> servers, LogId position, Instant until) {}

    /** @param logMillis the time of the log, in milliseconds */
    AheadClients(InstantSource clock, LongSupplier logMillis) {
        this.clock = clock;
        this.logMillis = logMillis;
    }

    /**
     * Adds the client of a socket, if it has anything that may still come.
     *
     * @param read the entry up to which this server has read the log
     */
    void add(String sid, Offset had, LogId read) {
        boolean entries = had.position().isAfter(read) && isCredible(had.position());
        if ((entries || !had.ahead().isEmpty()) && clients.size() < MAX_CLIENTS) {
            clients.put(sid, new Ahead(new ConcurrentHashMap<>(had.ahead()), entries ? had.position() : read,
                    clock.instant().plus(MAX_AHEAD)));
        }
    }

    private boolean isCredible(LogId position) {
        return Long.compareUnsigned(position.millis(), logMillis.getAsLong() + MAX_MILLIS_AHEAD) <= 0;
    }

    void left(String sid) {
        clients.remove(sid);
    }

    /** Forgets what will not come any more, when the log has been read up to an entry. */
    void forgetOld(LogId read) {
        if (!clients.isEmpty()) {
            var now = clock.instant();
            clients.values().removeIf(had -> {
                if (had.until.isBefore(now)) {
                    had.servers.clear();
                }
                return had.servers.isEmpty() && !(had.position.isAfter(read) && isCredible(had.position));
            });
        }
    }

    boolean isEmpty() {
        return clients.isEmpty();
    }

    Set<String> sockets() {
        return Collections.unmodifiableSet(clients.keySet());
    }

    /** Calls back for each client with the offset that it has when a client that is not ahead has {@code now}. */
    void offsets(Offset now, BiConsumer<String, Offset> action) {
        clients.forEach((sid, had) -> {
            var offset = new Offset(had.position.isAfter(now.position()) ? had.position : now.position(),
                    now.ahead());
            for (var server : had.servers.entrySet()) {
                offset = offset.with(server.getKey(), server.getValue());
            }
            action.accept(sid, offset);
        });
    }

    /** Returns the sockets whose clients have received the broadcast of another server that is in an entry. */
    Set<String> having(LogEntry entry) {
        var sockets = new HashSet<String>();
        clients.forEach((sid, had) -> {
            long last = entry.number() == 0 ? 0 : had.servers.getOrDefault(entry.sender(), 0L);
            if (!entry.id().isAfter(had.position) || (entry.number() > 0 && entry.number() <= last)) {
                sockets.add(sid);
            }
            if (entry.number() > 0 && entry.number() >= last) {
                had.servers.remove(entry.sender()); // its broadcasts come in order
            }
        });
        return sockets;
    }
}
