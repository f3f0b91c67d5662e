package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

    private final SerialExecutor owner = new SerialExecutor();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whoBringsATaskRunsItIfNobodyElseIsAtIt() {
        Thread here = Thread.currentThread();
        assertThat(owner.perform(() -> done.add(Thread.currentThread() == here ? "here" : "elsewhere"), 1))
                .isTrue();
        assertThat(done).containsExactly("here");
    }

    @Test
    void whatATaskBringsComesAfterIt() {
        owner.perform(() -> {
            owner.perform(() -> done.add("second"), 10);
            owner.post(() -> done.add("third"), 10);
            done.add("first");
        }, 10);
        assertThat(done).containsExactly("first", "second", "third");
    }

    @Test
    void whoPostsNeverRuns() throws InterruptedException {
        var ran = new CountDownLatch(1);
        Thread here = Thread.currentThread();
        owner.post(() -> {
            done.add(Thread.currentThread() == here ? "here" : "elsewhere");
            ran.countDown();
        }, 1);
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(done).containsExactly("elsewhere");
    }

    @Test
    void tasksOfManyThreadsAreRunOneAtATimeAndEachThreadsInOrder() throws InterruptedException {
        int[] inside = new int[1];
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
            int me = t;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 500; i++) {
                    String name = me + " " + i;
                    Runnable task = () -> {
                        inside[0]++;
                        done.add(name + (inside[0] == 1 ? "" : " together with another"));
                        inside[0]--;
                    };
                    if (me % 2 == 0) {
                        owner.post(task, 10_000);
                    } else {
                        owner.perform(task, 10_000);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        var last = new CountDownLatch(1);
        owner.post(last::countDown, 10_000);
        assertThat(last.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(done).hasSize(2_000).noneMatch(one -> one.endsWith("another"));
        for (int t = 0; t < 4; t++) {
            String mine = t + " ";
            assertThat(done.stream().filter(one -> one.startsWith(mine))).containsExactlyElementsOf(
                    java.util.stream.IntStream.range(0, 500).mapToObj(i -> mine + i).toList());
        }
    }

    @Test
    void whatFindsNoRoomIsRefused() {
        owner.perform(() -> {
            assertThat(owner.post(() -> done.add("waits"), 1)).isTrue();
            assertThat(owner.perform(() -> done.add("refused"), 1)).isFalse();
        }, 1);
        assertThat(done).containsExactly("waits");
    }
}
