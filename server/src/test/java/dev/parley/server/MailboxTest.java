package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Handlers run in order, one at a time, bounded, and survive each other. */
class MailboxTest {
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Mailbox mailbox = new Mailbox(100, 1_000,
            (event, failure) -> failures.add(event + ": " + failure.getMessage()));

    @Test
    void runsInOrder() throws Exception {
        List<Integer> seen = new ArrayList<>();
        IntStream.range(0, 90).forEach(i -> mailbox.offer("e", 1, () -> seen.add(i)));
        settle();
        assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 90).boxed().toList());
    }

    @Test
    void refusesMoreThanItsBoundButNeverTheSocketsOwnLife() throws Exception {
        var gate = new CountDownLatch(1);
        mailbox.run("slow", gate::await);
        long taken = IntStream.range(0, 200).filter(i -> mailbox.offer("e", 1, () -> {})).count();
        assertThat(taken).isBetween(99L, 100L);
        gate.countDown();
        settle();
        assertThat(failures).isEmpty();
    }

    @Test
    void refusesMoreBytesThanItsBoundAfterTheOneThatPassesIt() throws Exception {
        var gate = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        mailbox.run("slow", () -> {
            begun.countDown();
            gate.await();
        });
        begun.await();
        assertThat(mailbox.offer("e", 999, () -> {})).isTrue();
        assertThat(mailbox.offer("e", 5_000, () -> {})).isTrue();
        assertThat(mailbox.offer("e", 1, () -> {})).isFalse();
        gate.countDown();
        settle();
        assertThat(mailbox.offer("e", 1, () -> {})).isTrue();
    }

    @Test
    void goesOnAfterAFailure() throws Exception {
        mailbox.offer("bad", 1, () -> {
            throw new IllegalStateException("as meant");
        });
        settle();
        assertThat(failures).containsExactly("bad: as meant");
    }

    /** As a method that is still to be written, in some languages, or an assertion of a library. */
    @Test
    void goesOnAfterAnErrorOfAnyKind() throws Exception {
        mailbox.offer("bad", 1, () -> {
            throw new Error("as meant");
        });
        settle();
        assertThat(failures).containsExactly("bad: as meant");
    }

    private void settle() throws InterruptedException {
        var done = new CountDownLatch(1);
        mailbox.run("last", done::countDown);
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
