package dev.parley.server.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.protocol.socket.Arguments;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sessions of lost clients that are kept: how long, and how many. */
class SessionStoreTest {
    private Instant now = Instant.EPOCH;
    private final SessionStore store = new SessionStore(RecoveryOptions.within(Duration.ofSeconds(10))
            .withMaxEvents(4)
            .withMaxBytes(1_000)
            .withMaxSessions(2), () -> now);

    @Test
    void takesEachOptionByItself() {
        var options = RecoveryOptions.defaults()
                .withMaxDisconnectionDuration(Duration.ofSeconds(1))
                .withSkipMiddlewares(false)
                .withMaxEvents(2)
                .withMaxBytes(3)
                .withMaxSessions(4);
        assertThat(options).isEqualTo(new RecoveryOptions(Duration.ofSeconds(1), false, 2, 3, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withMaxEvents(0));
    }

    @Test
    void recoversEventsMissedInTheClientsRooms() {
        assertThat(store.keep(Arguments.of("[\"seen\"]"), BroadcastOptions.ALL).json())
                .isEqualTo("[\"seen\",\"1\"]");
        persist("p");
        keep("all", BroadcastOptions.ALL);
        keep("other", BroadcastOptions.room("blue"));
        keep("mine", BroadcastOptions.room("red"));
        var restored = store.restore("p", "1").orElseThrow();
        assertThat(restored.missed()).extracting(Arguments::name).containsExactly("all", "mine");
        assertThat(restored.session().data()).containsEntry("name", "Ann");
        assertThat(store.restore("p", "1")).as("once").isEmpty();
    }

    @Test
    void recoveryOmitsEventsThatExceptedTheClient() {
        keep("seen", BroadcastOptions.ALL);
        persist("p");
        keep("no", new BroadcastOptions(Set.of("red"), Set.of("s"), false, false, true));
        assertThat(store.restore("p", "1").orElseThrow().missed()).isEmpty();
    }

    @Test
    void forgetsWhatIsTooOldOrUnknown() {
        keep("seen", BroadcastOptions.ALL);
        persist("p");
        assertThat(store.restore("other", "1")).isEmpty();
        assertThat(store.restore("p", "2")).as("an offset not given out yet").isEmpty();
        assertThat(store.restore("p", "~")).as("no offset").isEmpty();
        now = now.plusSeconds(11);
        assertThat(store.restore("p", "1")).isEmpty();
    }

    @Test
    void keepsNoMoreThanItsBounds() {
        persist("p");
        for (int i = 0; i < 6; i++) {
            keep("e" + i, BroadcastOptions.ALL);
        }
        assertThat(store.restore("p", "2")).as("the offset has gone").isEmpty();
        assertThat(store.restore("p", "3").orElseThrow().missed()).hasSize(3);
        persist("q");
        persist("r");
        persist("s");
        assertThat(store.restore("q", "3")).isEmpty();
        assertThat(store.restore("r", "3")).isPresent();
        persist("t");
        store.keep(Arguments.of("[\"" + "x".repeat(990) + "\"]"), BroadcastOptions.ALL);
        assertThat(store.restore("t", "3")).as("one large event drove the others out").isEmpty();
    }

    private void keep(String event, BroadcastOptions to) {
        store.keep(Arguments.of("[\"" + event + "\"]"), to);
    }

    private void persist(String pid) {
        store.persist(new PersistedSession("s", pid, Set.of("s", "red"), Map.of("name", "Ann")));
    }
}
