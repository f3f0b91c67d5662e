package dev.parley.cluster.recovery;

import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.LogId;
import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.core.VirtualTime;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.server.adapter.PersistedSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One log and the sessions, as Redis keeps them for simulated servers: commands of a server arrive in order after a delay, wait while it is frozen, and may or may
 * not be carried out when the connection breaks. Not thread-safe.
 */
final class SimulatedRedis {
    private static final int MAX_DELAY = 10;

    private final Random random;
    private final VirtualTime time;
    private final Consumer<String> disconnectElsewhere;
    final List<Entry> entries = new ArrayList<>();
    private final Map<String, Kept> sessions = new HashMap<>();
    private long frozenUntil;
    private long sequence;
    private int trimBeforeRead;

    /** @param disconnectElsewhere takes {@code SERVER SOCKET}, when a client has come back to a server */
    SimulatedRedis(Random random, VirtualTime time, Consumer<String> disconnectElsewhere) {
        this.random = random;
        this.time = time;
        this.disconnectElsewhere = disconnectElsewhere;
        entries.add(new Entry(new LogId(0, 1), "", 0, Optional.empty()));
    }

    void freeze(Duration duration) {
        frozenUntil = Math.max(frozenUntil, time.now() + duration.toMillis());
    }

    /** Ends without its data, and starts again. */
    void restart() {
        entries.clear();
        sessions.clear();
        entries.add(new Entry(nextId(), "", 0, Optional.empty()));
    }

    /** Removes the oldest entries just before missed events are read the next time. */
    void trimBeforeRead(int count) {
        trimBeforeRead = count;
    }

    private List<Entry> untrimmed() {
        entries.subList(0, trimBeforeRead).clear();
        trimBeforeRead = 0;
        return entries;
    }

    boolean isFrozen() {
        return time.now() < frozenUntil;
    }

    Link connect(String server) {
        return new Link(server);
    }

    private LogId nextId() {
        return new LogId(time.now() + 1, ++sequence);
    }

    record Entry(LogId id, String sender, long number, Optional<ClusterMessage.Broadcast> message) {
        LogEntry read() {
            return new LogEntry(id, sender, number, () -> message.map(each -> each));
        }
    }

    private record Kept(PersistedSession session, long until) {}

    /** The connection of one server. */
    final class Link implements RecoveryLog {
        private final String server;
        private final Map<String, PersistedSession> encoded = new HashMap<>();
        private final Deque<Runnable> arrived = new ArrayDeque<>();
        private long lastArrival;
        private int connection;
        boolean off;
        boolean killed;

        Link(String server) {
            this.server = server;
        }

        void cut(boolean value) {
            if (value != off) {
                off = value;
                connection++;
            }
        }

        private <T> CompletionStage<T> command(Supplier<T> work) {
            var reply = new CompletableFuture<T>();
            if (off) {
                reply.completeExceptionally(new IllegalStateException("away"));
                return reply;
            }
            int sentOn = connection;
            lastArrival = Math.max(time.now() + 1 + random.nextInt(MAX_DELAY), lastArrival);
            time.at(lastArrival, () -> {
                arrived.add(() -> carryOut(work, reply, sentOn));
                carryOutAll();
            });
            return reply;
        }

        private void carryOutAll() {
            if (isFrozen()) {
                time.at(frozenUntil, this::carryOutAll);
            } else {
                for (var next = arrived.poll(); next != null; next = arrived.poll()) {
                    next.run();
                }
            }
        }

        private <T> void carryOut(Supplier<T> work, CompletableFuture<T> reply, int sentOn) {
            boolean broken = killed || sentOn != connection;
            if (broken && random.nextBoolean()) {
                fail(reply);
            } else {
                T result = work.get();
                time.at(time.now() + random.nextInt(MAX_DELAY), () -> {
                    if (killed || sentOn != connection) {
                        fail(reply);
                    } else {
                        reply.complete(result);
                    }
                });
            }
        }

        private void fail(CompletableFuture<?> reply) {
            if (!killed) {
                reply.completeExceptionally(new IllegalStateException("disconnected"));
            }
        }

        @Override
        public long millis() {
            return time.now() + 1;
        }

        @Override
        public String uid() {
            return server;
        }

        @Override
        public CompletionStage<?> append(ClusterMessage.Broadcast broadcast, long number) {
            return command(() -> entries.add(new Entry(nextId(), server, number, Optional.of(broadcast))));
        }

        @Override
        public CompletionStage<Boolean> contains(LogId id) {
            return command(() -> entries.stream().anyMatch(entry -> entry.id.equals(id)));
        }

        @Override
        public CompletionStage<List<LogEntry>> read(LogId first, LogId last, int count) {
            return command(() -> untrimmed().stream()
                    .filter(entry -> !first.isAfter(entry.id) && !entry.id.isAfter(last))
                    .limit(count)
                    .map(Entry::read)
                    .toList());
        }

        @Override
        public Optional<String> encode(PersistedSession session) {
            String text = session.toString();
            encoded.put(text, session);
            return Optional.of(text);
        }

        @Override
        public CompletionStage<?> save(String pid, String session, Duration lifetime) {
            var state = encoded.get(session);
            return command(() -> state == null ? ""
                    : sessions.put(pid, new Kept(state, time.now() + lifetime.toMillis())));
        }

        @Override
        public CompletionStage<Optional<PersistedSession>> take(String pid) {
            return command(() -> Optional.ofNullable(sessions.remove(pid))
                    .filter(kept -> kept.until > time.now())
                    .map(Kept::session));
        }

        @Override
        public CompletionStage<?> delete(String pid) {
            return command(() -> Optional.ofNullable(sessions.remove(pid)));
        }

        @Override
        public void disconnectElsewhere(String sid) {
            command(() -> {
                disconnectElsewhere.accept(server + " " + sid);
                return 1;
            });
        }
    }
}
