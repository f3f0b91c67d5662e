package dev.parley.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PingMonitorTest {
    private final List<Runnable> timers = new ArrayList<>();
    private final List<CompletableFuture<String>> pings = new ArrayList<>();
    private int disconnections;
    private final PingMonitor monitor = new PingMonitor(() -> {
        pings.add(new CompletableFuture<>());
        return pings.getLast();
    }, () -> disconnections++, (delay, action) -> {
        assertThat(delay).isEqualTo(Duration.ofSeconds(15));
        timers.add(action);
        return () -> timers.remove(action);
    }, Duration.ofSeconds(15));

    /** An interval passes. */
    private void pass() {
        var due = List.copyOf(timers);
        timers.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void pingsAgainAfterEachResponse() {
        monitor.start();
        assertThat(pings).isEmpty();
        pass();
        pings.getFirst().complete("PONG");
        pass();
        assertThat(pings).hasSize(2);
        pings.getLast().completeExceptionally(new IllegalStateException("the connection broke"));
        pass();
        assertThat(pings).hasSize(3);
        assertThat(disconnections).isZero();
    }

    @Test
    void disconnectsOnceWithoutAResponse() {
        monitor.start();
        pass();
        pass();
        assertThat(disconnections).isOne();
        pass();
        assertThat(disconnections).as("while it reconnects").isOne();
        pings.getFirst().complete("PONG");
        pass();
        assertThat(pings).hasSize(2);
    }

    @Test
    void pingsNoMoreWhenClosed() {
        monitor.start();
        pass();
        monitor.close();
        pings.getFirst().complete("PONG");
        assertThat(timers).isEmpty();
    }
}
