package dev.parley.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.broker.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PendingPublicationsTest {
    private final Traffic traffic = new Traffic();
    private final PendingPublications pending = new PendingPublications(
            new LinkLimits(3, 100, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)),
            traffic, new CommandOrder(() -> null));
    private final List<CompletableFuture<Long>> sent = new ArrayList<>();

    private CompletionStage<Long> publish(int size) {
        return pending.publish(size, true, () -> {
            var one = new CompletableFuture<Long>();
            sent.add(one);
            return one;
        });
    }

    @Test
    void dropsBeyondTheNumberAndTheBytesAndRecovers() {
        publish(10);
        publish(10);
        assertThat(publish(81)).as("too many bytes").isCompletedExceptionally();
        publish(80);
        assertThat(publish(0)).as("too many messages").isCompletedExceptionally();
        assertThat(pending.waitingBytes()).isEqualTo(100);
        assertThat(traffic.dropped()).isEqualTo(2);
        sent.get(0).complete(2L);
        sent.get(1).completeExceptionally(new IllegalStateException("the connection broke"));
        sent.get(2).complete(2L);
        assertThat(pending.waitingBytes()).isZero();
        assertThat(traffic.sent()).isEqualTo(2);
        assertThat(traffic.dropped()).isEqualTo(3);
        publish(100);
        assertThat(sent).hasSize(4);
    }

    @Test
    void commandThatThrowsIsDroppedAndWaitsForNothing() {
        assertThat(pending.publish(10, true, () -> {
            throw new IllegalStateException("closed");
        })).isCompletedExceptionally();
        assertThat(traffic.dropped()).isOne();
        assertThat(pending.waitingBytes()).isZero();
    }

    @Test
    void dropsAtOnceWithoutAConnection() {
        assertThat(pending.publish(1, false, () -> {
            throw new AssertionError("not sent");
        })).isCompletedExceptionally();
        assertThat(traffic.dropped()).isOne();
        assertThat(pending.waitingBytes()).isZero();
    }
}
