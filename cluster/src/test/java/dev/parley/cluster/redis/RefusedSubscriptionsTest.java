package dev.parley.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RefusedSubscriptionsTest {
    private final RefusedSubscriptions refusals = new RefusedSubscriptions();

    @Test
    void refusedChannelCountsUntilRedisAcceptsIt() {
        refusals.watch("a", CompletableFuture.failedStage(new RedisCommandExecutionException("NOPERM")));
        assertThat(refusals.isEmpty()).isFalse();
        refusals.watch("b", CompletableFuture.completedStage(null));
        assertThat(refusals.isEmpty()).isFalse();
        refusals.watch("a", CompletableFuture.completedStage(null));
        assertThat(refusals.isEmpty()).isTrue();
    }

    @Test
    void channelThatIsNoLongerNeededDoesNotCount() {
        refusals.watch("a", CompletableFuture.failedStage(new RedisCommandExecutionException("NOPERM")));
        refusals.forget("a", CompletableFuture.completedStage(null));
        assertThat(refusals.isEmpty()).isTrue();
    }

    @Test
    void brokenConnectionIsNoRefusal() {
        refusals.watch("a", CompletableFuture.failedStage(new IllegalStateException("disconnected")));
        assertThat(refusals.isEmpty()).isTrue();
    }
}
