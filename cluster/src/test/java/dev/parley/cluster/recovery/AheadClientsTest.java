package dev.parley.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.LogId;
import dev.parley.cluster.core.VirtualTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AheadClientsTest {
    private static final LogId READ = new LogId(1_000, 0);

    private long logMillis = 10_000;
    private final AheadClients ahead = new AheadClients(new VirtualTime(), () -> logMillis);

    private void add(String sid, String offset) {
        ahead.add(sid, Offset.parse(offset).orElseThrow(), READ);
    }

    private static LogEntry entry(long millis, String sender, long number) {
        return new LogEntry(new LogId(millis, 0), sender, number, Optional::empty);
    }

    @Test
    void entriesUpToAnOffsetAndBroadcastsAheadOfItAreThere() {
        add("a", "2000-0");
        add("b", "1000-0+s:5");
        assertThat(ahead.having(entry(2_000, "s", 4))).containsExactlyInAnyOrder("a", "b");
        assertThat(ahead.having(entry(2_001, "t", 1))).isEmpty();
        assertThat(ahead.having(entry(2_002, "", 0))).as("of a server that does not count").isEmpty();
        assertThat(ahead.having(entry(2_003, "s", 5))).containsExactly("b");
        ahead.forgetOld(new LogId(2_003, 0));
        assertThat(ahead.isEmpty()).isTrue();
    }

    @Test
    void clientWithNothingThatMayStillComeIsNotRemembered() {
        add("a", "999-0");
        add("b", "99999999999999-0");
        assertThat(ahead.isEmpty()).isTrue();
    }

    @Test
    void clockThatIsSetBackEndsWhatIsAhead() {
        add("a", "9000-0");
        ahead.forgetOld(READ);
        assertThat(ahead.sockets()).containsExactly("a");
        logMillis = 5_000;
        ahead.forgetOld(READ);
        assertThat(ahead.isEmpty()).isTrue();
    }

    @Test
    void numberOfClientsIsLimited() {
        for (int i = 0; i < 10_001; i++) {
            add("a" + i, "1000-0+s:5");
        }
        assertThat(ahead.sockets()).hasSize(10_000);
    }
}
