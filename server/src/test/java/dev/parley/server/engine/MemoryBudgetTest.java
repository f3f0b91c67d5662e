package dev.parley.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final long FREE = MemoryBudget.UNCOUNTED;

    private final AtomicLong nanos = new AtomicLong();
    private final MemoryBudget budget = new MemoryBudget(100_000, nanos::get);
    private final List<String> ended = new ArrayList<>();
    private final MemoryAccount small = open("small");
    private final MemoryAccount large = open("large");

    @Test
    void countsBytesAboveTheUncountedOnes() {
        small.incoming().add(FREE);
        small.outgoing().add(FREE + 10);
        assertThat(budget.used()).isEqualTo(10);
        assertThat(small.held()).isEqualTo(2 * FREE + 10);
        small.outgoing().add(-20);
        assertThat(budget.used()).isZero();
    }

    @Test
    void endsTheLargestSessionWhenExceeded() {
        small.incoming().add(30_000 + FREE);
        large.outgoing().add(60_000 + FREE);
        assertThat(budget.exceeded()).isFalse();
        small.incoming().add(15_000);
        assertThat(ended).containsExactly("large");
        assertThat(budget.exceeded()).isTrue();
        assertThat(budget.ended()).isEqualTo(1);
        large.outgoing().add(-60_000);
        assertThat(budget.exceeded()).isFalse();
    }

    @Test
    void endsOneSessionAtATime() {
        large.outgoing().add(90_000 + FREE);
        small.incoming().add(20_000 + FREE);
        for (int i = 0; i < 10; i++) {
            nanos.addAndGet(50_000_000);
            small.incoming().add(100);
        }
        assertThat(ended).containsExactly("large");
    }

    @Test
    void endsAsManyAsNeeded() {
        var others = new ArrayList<MemoryAccount>();
        for (int i = 0; i < 10; i++) {
            others.add(open("other " + i));
            others.getLast().incoming().add(8_000 + i + FREE);
        }
        large.incoming().add(100_000);
        assertThat(ended).containsExactly("large");
        for (MemoryAccount other : others) {
            other.incoming().add(4_000);
        }
        nanos.addAndGet(50_000_000);
        assertThat(budget.exceeded()).isTrue();
        // Without the one that is ending, 120 045 is held, and 90 000 is what shall remain.
        assertThat(ended).containsExactly("large", "other 9", "other 8", "other 7");
    }

    @Test
    void sharedBytesDoNotCount() {
        large.outgoing().add(300_000, 290_000);
        assertThat(large.held()).isEqualTo(300_000);
        assertThat(budget.used()).isEqualTo(10_000 - FREE);
        large.outgoing().add(-300_000, -290_000);
        assertThat(budget.used()).isZero();
    }

    @Test
    void closedAccountIsEndedToo() {
        large.incoming().add(90_000 + FREE);
        large.close();
        small.incoming().add(20_000 + FREE);
        assertThat(ended).containsExactly("large");
    }

    @Test
    void reservationWaitsForRoomUnlessNothingIsHeld() {
        var gauge = small.outgoing();
        assertThat(gauge.reserve(5_000, 1_000)).isTrue();
        assertThat(gauge.reserve(1, 1_000)).isFalse();
        gauge.unreserve(4_500);
        assertThat(gauge.reserve(500, 1_000)).isTrue();
        assertThat(gauge.reserve(1, 1_000)).isFalse();
        assertThat(gauge.bytes()).isEqualTo(1_000);
    }

    private MemoryAccount open(String name) {
        return budget.open(() -> ended.add(name));
    }
}
