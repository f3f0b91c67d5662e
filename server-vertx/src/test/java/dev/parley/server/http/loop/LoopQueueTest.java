package dev.parley.server.http.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopQueueTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final EventLoop loop = channel.eventLoop();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // nanoTime may overflow
    private final LoopQueue queue = new LoopQueue(loop, nanos::get);
    private final List<String> done = new ArrayList<>();

    @Test
    void letsOthersRunAfterItsShare() {
        for (int i = 0; i < 5; i++) {
            String name = "slow " + i;
            queue.execute(() -> {
                nanos.addAndGet(LoopQueue.LEAST_NANOS / 2);
                done.add(name);
            });
        }
        loop.execute(() -> done.add("other"));
        channel.runPendingTasks();
        assertThat(done).startsWith("slow 0", "slow 1", "other");
        channel.runPendingTasks();
        assertThat(done).containsExactly("slow 0", "slow 1", "other", "slow 2", "slow 3", "slow 4");
    }

    /** A loop that has much to read still gets to what is to be sent. */
    @Test
    void takesAsMuchTimeAsReadingTook() {
        queue.execute(() -> {});
        channel.runPendingTasks();
        nanos.addAndGet(4 * LoopQueue.LEAST_NANOS);
        for (int i = 0; i < 5; i++) {
            String name = "task " + i;
            queue.execute(() -> {
                nanos.addAndGet(LoopQueue.LEAST_NANOS);
                done.add(name);
            });
        }
        loop.execute(() -> done.add("read"));
        channel.runPendingTasks();
        channel.runPendingTasks();
        assertThat(done).containsExactly("task 0", "task 1", "task 2", "task 3", "read", "task 4");
    }

    /** A client that sends little does not wait for all that send much. */
    @Test
    void othersComeBeforeWhatIsLeft() {
        for (int i = 0; i < 3; i++) {
            String name = "rest " + i;
            queue.executeRest(() -> done.add(name));
        }
        for (int i = 0; i < 4; i++) {
            String name = "task " + i;
            queue.execute(() -> done.add(name));
        }
        channel.runPendingTasks();
        assertThat(done).containsExactly("task 0", "task 1", "task 2", "rest 0", "task 3", "rest 1",
                "rest 2");
    }

    @Test
    void goesOnAfterATaskThatFailed() {
        queue.execute(() -> {
            throw new IllegalStateException("as asked");
        });
        queue.execute(() -> done.add("next"));
        channel.runPendingTasks();
        queue.execute(() -> done.add("later"));
        channel.runPendingTasks();
        assertThat(done).containsExactly("next", "later");
    }

    @Test
    void runsWhatATaskAdds() {
        queue.execute(() -> {
            done.add("first");
            queue.execute(() -> done.add("second"));
        });
        channel.runPendingTasks();
        assertThat(done).containsExactly("first", "second");
    }
}
