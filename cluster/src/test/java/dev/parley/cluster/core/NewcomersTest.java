package dev.parley.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.adapter.BroadcastOptions;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewcomersTest {
    private final Newcomers newcomers = new Newcomers();

    private Set<String> after(long millis, long now) {
        return newcomers.after(new LogId(millis, 0), now);
    }

    @Test
    void whoJoinedAfterAnEntryDoesNotReceiveItWhenItIsReadLate() {
        newcomers.joined("a", 10_000);
        newcomers.joined("b", 20_000);
        assertThat(after(9_000, 30_000)).containsExactlyInAnyOrder("a", "b");
        assertThat(after(9_950, 30_000)).as("not known so exactly").containsExactly("b");
        assertThat(after(19_000, 30_000)).containsExactly("b");
        assertThat(after(20_000, 30_000)).isEmpty();
        assertThat(after(9_000, 30_000)).as("the log grows").isEmpty();
    }

    @Test
    void whoIsRecoveredReceivesAllThatWasNotRead() {
        newcomers.restore("a", () -> newcomers.joined("a", 10_000));
        assertThat(after(9_000, 10_000)).isEmpty();
        newcomers.joined("a", 10_000);
        assertThat(after(9_000, 10_000)).containsExactly("a");
        newcomers.left("a");
        assertThat(after(9_000, 10_000)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackKeepsNothingFromAnyone() {
        newcomers.joined("a", 5_000_000);
        assertThat(after(10_000, 10_001)).isEmpty();
    }

    @Test
    void addsToWhoIsLeftOut() {
        assertThat(Newcomers.without(Set.of(), BroadcastOptions.ALL)).isSameAs(BroadcastOptions.ALL);
        var all = new BroadcastOptions(Set.of("red"), Set.of("a"), false, true, true);
        assertThat(Newcomers.without(Set.of("b"), all))
                .isEqualTo(new BroadcastOptions(Set.of("red"), Set.of("a", "b"), false, true, true));
    }
}
