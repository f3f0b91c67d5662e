package dev.parley.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommandOrderTest {
    /** What runs on the driver's thread, in order. */
    private final ArrayDeque<Runnable> loop = new ArrayDeque<>();
    private final List<Integer> written = new ArrayList<>();
    private boolean onLoop;
    private final CommandOrder order = new CommandOrder(() -> onLoop ? loop::add : null);

    /** Writes as the driver does: at once on its own thread, and otherwise as a task of that thread. */
    private CompletionStage<Integer> write(int command) {
        var done = new CompletableFuture<Integer>();
        Runnable write = () -> {
            written.add(command);
            done.complete(command);
        };
        if (onLoop) {
            write.run();
        } else {
            loop.add(write);
        }
        return done;
    }

    private void onLoop(Runnable action) {
        onLoop = true;
        action.run();
        onLoop = false;
    }

    private void runLoop() {
        onLoop(() -> {
            for (var next = loop.poll(); next != null; next = loop.poll()) {
                next.run();
            }
        });
    }

    @Test
    void commandOnTheDriversThreadDoesNotOvertakeEarlierOnes() {
        var results = new ArrayList<CompletionStage<Integer>>();
        results.add(order.send(() -> write(1)));
        onLoop(() -> results.add(order.send(() -> write(2))));
        results.add(order.send(() -> write(3)));
        onLoop(() -> results.add(order.send(() -> write(4))));
        assertThat(written).isEmpty();
        runLoop();
        assertThat(written).containsExactly(1, 2, 3, 4);
        assertThat(results).extracting(each -> each.toCompletableFuture().join()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void commandsThatCommandsSendFollowThem() {
        var inner = new ArrayList<CompletionStage<Integer>>();
        order.send(() -> {
            inner.add(order.send(() -> write(2)));
            return write(1);
        });
        runLoop();
        assertThat(written).containsExactly(1, 2);
        assertThat(inner.getFirst()).isCompletedWithValue(2);
    }

    @Test
    void commandThatThrowsFailsAloneAndKeepsNothingBack() {
        CompletionStage<Integer> first = order.send(() -> {
            throw new IllegalStateException("closed");
        });
        assertThat(first).isCompletedExceptionally();
        onLoop(() -> assertThat(order.<Integer>send(() -> {
            throw new IllegalStateException("closed");
        })).isNotCompleted());
        order.send(() -> write(1));
        runLoop();
        assertThat(written).containsExactly(1);
    }

    @Test
    void driverThatEndsStillGetsTheCommands() {
        var ended = new CommandOrder(() -> action -> {
            throw new RejectedExecutionException("ended");
        });
        ended.send(() -> write(1));
        ended.send(() -> write(2));
        runLoop();
        assertThat(written).containsExactly(1, 2);
    }

    @Test
    void threadsKeepTheirOwnOrder() throws InterruptedException {
        int each = 10_000;
        var ordered = new CommandOrder(() -> null);
        var sent = new ArrayList<Integer>();
        var threads = IntStream.range(0, 4).mapToObj(number -> Thread.ofPlatform().start(() -> {
            for (int i = 0; i < each; i++) {
                int command = number * each + i;
                ordered.send(() -> {
                    sent.add(command); // one at a time
                    return CompletableFuture.completedStage(command);
                });
            }
        })).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(sent).hasSize(4 * each);
        for (int number = 0; number < 4; number++) {
            int own = number;
            assertThat(sent.stream().filter(command -> command / each == own)).isSorted();
        }
    }
}
