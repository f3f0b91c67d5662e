package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallMailboxTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<Integer> handled = new ArrayList<>();
    private final CallMailbox<Integer> mailbox = new CallMailbox<>(threads::add, handled::add);

    @Test
    void oneThreadHandlesWaitingLettersInOrder() {
        IntStream.range(0, 5).forEach(i -> mailbox.post(i, 10));

        assertThat(threads).hasSize(1);
        threads.remove().run();
        assertThat(handled).containsExactly(0, 1, 2, 3, 4);
        mailbox.post(5, 10);
        assertThat(threads).hasSize(1);
    }

    @Test
    void fullMailboxRefusesLetters() {
        assertThat(mailbox.post(1, 2)).isTrue();
        assertThat(mailbox.post(2, 2)).isTrue();
        assertThat(mailbox.post(3, 2)).isFalse();
        assertThat(mailbox.post(4, 3)).isTrue();

        threads.remove().run();

        assertThat(handled).containsExactly(1, 2, 4);
    }

    @Test
    void concurrentPostsAreHandledOneAtATime() throws InterruptedException {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var seen = Collections.synchronizedList(new ArrayList<Integer>());
        var done = new CountDownLatch(4_000);
        var shared = new CallMailbox<Integer>(task -> Thread.ofVirtual().start(task), letter -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            seen.add(letter);
            inside.decrementAndGet();
            done.countDown();
        });

        for (int poster = 0; poster < 4; poster++) {
            int base = poster * 1_000;
            Thread.ofPlatform()
                    .start(() -> IntStream.range(base, base + 1_000).forEach(i -> shared.post(i, 10_000)));
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
        assertThat(seen.stream().filter(i -> i < 1_000)).isSorted().hasSize(1_000);
    }
}
