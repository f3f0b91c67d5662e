package dev.parley.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.LogId;
import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.core.VirtualTime;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.server.adapter.PersistedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class KeptSessionsTest {
    private static final Duration LIFETIME = Duration.ofSeconds(20);

    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(1);
    private final SimulatedServer server = new SimulatedServer("s",
            new SimulatedRedis(random, time, of -> {}), time, random, Duration.ZERO);
    private final Log log = new Log();
    private final KeptSessions sessions = new KeptSessions(server, log, time, LIFETIME);

    private void join(String id) {
        server.connect(id, "p_" + id, json -> {});
        sessions.changed(id);
    }

    private void pass(Duration duration) {
        time.advance(duration, () -> {});
    }

    @Test
    void sessionThatCannotBeEncodedKeepsNoOtherFromBeingKept() {
        log.strange.add("a");
        join("a");
        join("b");
        pass(Duration.ofSeconds(1));
        assertThat(log.commands).contains("save p_b").doesNotContain("save p_a");
        log.commands.clear();
        pass(LIFETIME);
        assertThat(log.commands).contains("save p_b").doesNotContain("save p_a");
    }

    @Test
    void deletionIsRepeatedWhenRedisIsBack() {
        join("a");
        pass(Duration.ofSeconds(1));
        log.away = true;
        sessions.left("a");
        pass(Duration.ofSeconds(3));
        log.away = false;
        log.commands.clear();
        pass(Duration.ofSeconds(3));
        assertThat(log.commands).containsExactly("delete p_a");
    }

    @Test
    void sessionThatIsPersistedIsNotDeletedLater() {
        join("a");
        pass(Duration.ofSeconds(1));
        log.away = true;
        sessions.left("a");
        log.away = false;
        sessions.persist(new PersistedSession("a", "p_a", Set.of(), Map.of()));
        log.commands.clear();
        pass(Duration.ofSeconds(3));
        assertThat(log.commands).isEmpty();
    }

    @Test
    void sweepsReachAllOfManySessionsThatChange() {
        for (int i = 0; i < 25_000; i++) {
            join("s" + i);
        }
        pass(Duration.ofSeconds(5));
        log.commands.clear();
        pass(Duration.ofSeconds(14));
        assertThat(new HashSet<>(log.commands)).hasSize(25_000);
    }

    /** Keeps the names of the commands. */
    private static final class Log implements RecoveryLog {
        private final List<String> commands = new ArrayList<>();
        private final Set<String> strange = new HashSet<>();
        private boolean away;
        private int encoded;

        @Override
        public long millis() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String uid() {
            return "s";
        }

        @Override
        public Optional<String> encode(PersistedSession session) {
            if (strange.contains(session.sid())) {
                throw new IllegalStateException("strange");
            }
            return Optional.of(session + " " + encoded++);
        }

        private CompletionStage<?> command(String text) {
            commands.add(text);
            return away ? CompletableFuture.failedStage(new IllegalStateException("away"))
                    : CompletableFuture.completedStage(1);
        }

        @Override
        public CompletionStage<?> save(String pid, String session, Duration lifetime) {
            return command("save " + pid);
        }

        @Override
        public CompletionStage<?> delete(String pid) {
            return command("delete " + pid);
        }

        @Override
        public CompletionStage<?> append(ClusterMessage.Broadcast broadcast, long number) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> contains(LogId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<List<LogEntry>> read(LogId first, LogId last, int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Optional<PersistedSession>> take(String pid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disconnectElsewhere(String sid) {
            throw new UnsupportedOperationException();
        }
    }
}
