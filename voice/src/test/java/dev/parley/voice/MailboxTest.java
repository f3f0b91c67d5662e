package dev.parley.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<Integer> handled = new ArrayList<>();
    private final Mailbox<Integer> mailbox = new Mailbox<>(threads::add, handled::add);

    @Test
    void oneThreadHandlesWaitingMessagesInOrder() {
        IntStream.range(0, 5).forEach(i -> mailbox.post(i, 10));

        assertThat(threads).hasSize(1);
        assertThat(handled).isEmpty();
        threads.remove().run();
        assertThat(handled).containsExactly(0, 1, 2, 3, 4);
        mailbox.post(5, 10);
        assertThat(threads).hasSize(1);
    }

    @Test
    void fullMailboxRefusesMessages() {
        assertThat(mailbox.post(1, 2)).isTrue();
        assertThat(mailbox.post(2, 2)).isTrue();
        assertThat(mailbox.post(3, 2)).isFalse();
        assertThat(mailbox.perform(3, 2)).isFalse();
        assertThat(mailbox.post(4, 3)).isTrue();

        threads.remove().run();

        assertThat(handled).containsExactly(1, 2, 4);
    }

    @Test
    void performedMessageIsHandledOnTheCallersThread() {
        assertThat(mailbox.perform(1, 1)).isTrue();

        assertThat(handled).containsExactly(1);
        assertThat(threads).isEmpty();
    }

    @Test
    void performedMessageIsLeftToTheThreadThatWorks() {
        mailbox.post(1, 2);

        assertThat(mailbox.perform(2, 2)).isTrue();

        assertThat(handled).isEmpty();
        threads.remove().run();
        assertThat(handled).containsExactly(1, 2);
    }

    @Test
    void letterFromTheOwnerIsHandledAfterThePresentOne() {
        var done = new ArrayList<String>();
        var tasks = new Mailbox<Runnable>(threads::add, Runnable::run);

        tasks.perform(() -> {
            tasks.perform(() -> done.add("second"), 10);
            tasks.post(() -> done.add("third"), 10);
            done.add("first");
        }, 10);

        assertThat(done).containsExactly("first", "second", "third");
        assertThat(threads).isEmpty();
    }

    @Test
    void concurrentMessagesAreHandledOneAtATimeInOrder() throws InterruptedException {
        int[] inside = new int[1];
        var done = Collections.synchronizedList(new ArrayList<String>());
        var tasks = new Mailbox<Runnable>(work -> Thread.ofVirtual().start(work), Runnable::run);
        var senders = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
            int me = t;
            senders.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 500; i++) {
                    String name = me + " " + i;
                    Runnable task = () -> {
                        inside[0]++;
                        done.add(name + (inside[0] == 1 ? "" : " together with another"));
                        inside[0]--;
                    };
                    if (me % 2 == 0) {
                        tasks.post(task, 10_000);
                    } else {
                        tasks.perform(task, 10_000);
                    }
                }
            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        var last = new CountDownLatch(1);
        tasks.post(last::countDown, 10_000);

        assertThat(last.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(done).hasSize(2_000).noneMatch(one -> one.endsWith("another"));
        for (int t = 0; t < 4; t++) {
            String mine = t + " ";
            assertThat(done.stream().filter(one -> one.startsWith(mine)))
                    .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> mine + i).toList());
        }
    }
}
