package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.broker.RedisLink;
import dev.parley.cluster.broker.Traffic;
import dev.parley.cluster.member.Member;
import dev.parley.cluster.redis.LettuceLink;
import dev.parley.cluster.redis.LinkLimits;
import dev.parley.testing.RedisServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The network between a server and Redis holds everything back. Needs the program redis-server. */
class CutOffIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Member CUT_OFF = new Member("A", "aaaaaaaaaaaaaaaa", Optional.empty(),
            Member.VERSION, false);
    private static final LinkLimits LIMITS = new LinkLimits(1_000, 1_000_000, LONG, Duration.ofMillis(100),
            LONG);
    private static final String LOG = "log";
    private static final String CHANNEL = "channel";

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = new RedisServer();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.stop();
    }

    @Test
    void whatItSentBeforeItDiedDoesNotArriveAfterwards() throws Exception {
        var traffic = new Traffic();
        try (var network = new RoundRobin(URI.create(redis.url()));
                var cutOff = LettuceLink.connect("redis://127.0.0.1:" + network.url().getPort(),
                        CUT_OFF.instance(), Optional.empty(), LIMITS, traffic, Optional.of(LOG));
                var other = LettuceLink.connect(redis.url(), LIMITS, new Traffic(), Optional.of(LOG))) {
            var published = new LinkedBlockingQueue<String>();
            var logged = new LinkedBlockingQueue<String>();
            other.channels()
                    .subscribe(List.of(CHANNEL),
                            (channel, message) -> published.add(new String(message, StandardCharsets.UTF_8)));
            other.readStream(LOG,
                    entry -> Optional.ofNullable(entry.fields().get("n")).ifPresent(logged::add));
            Awaitility.await().atMost(LONG).until(() -> get(other.channels().subscribers(CHANNEL)) == 1);

            network.hold();
            var late = publish(cutOff, "late");
            var lateEntry = cutOff.addToStream(LOG, Map.of("n", "late"));
            Awaitility.await().atMost(LONG).until(() -> network.held() > 0);
            get(other.members("cluster").disconnect(CUT_OFF));
            network.release();

            assertThatThrownBy(() -> get(late)).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> get(lateEntry)).isInstanceOf(ExecutionException.class);
            assertThat(traffic.dropped()).isEqualTo(2);
            Awaitility.await().atMost(LONG).ignoreExceptions().until(() -> get(publish(cutOff, "end")) == 1);
            get(cutOff.addToStream(LOG, Map.of("n", "end")));
            assertThat(next(published)).isEqualTo("end");
            assertThat(next(logged)).isEqualTo("end");
        }
    }

    private static CompletionStage<Long> publish(RedisLink link, String text) {
        return link.channels().publish(CHANNEL, text.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        return String.valueOf(queue.poll(LONG.toSeconds(), TimeUnit.SECONDS));
    }
}
