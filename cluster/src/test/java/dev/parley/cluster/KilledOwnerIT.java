package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RedisServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server is killed whose sessions are asked for at another one. Needs the programs redis-server, node and npm. */
@Tag("real-time")
class KilledOwnerIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static RedisServer redis;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = new RedisServer();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.stop();
    }

    @ParameterizedTest
    @EnumSource(AnyNodeIT.Way.class)
    void sessionsOfAKilledOwnerEndAndClientsReconnect(AnyNodeIT.Way way) throws Exception {
        String prefix = "killed" + way;
        try (var survivor = new ParleyNode(redis.url(), NodeProcess.options(prefix, way), "survivor");
                var owner = new NodeProcess(redis.url(), prefix, way);
                var balancer = new RoundRobin(owner.url(), survivor.url());
                var http = HttpClient.newHttpClient()) {
            String body = http
                    .send(HttpRequest.newBuilder(owner.url().resolve("/socket.io/?EIO=4&transport=polling"))
                            .build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            String sid = body.substring(9, body.indexOf('"', 9));
            var poll = http.sendAsync(HttpRequest
                    .newBuilder(survivor.url().resolve("/socket.io/?EIO=4&transport=polling&sid=" + sid))
                    .build(), HttpResponse.BodyHandlers.ofString());
            String joined = survivor.cluster.membership().members().toString();
            assertThat(joined).contains(sid.substring(0, sid.indexOf('_')));
            try (var client = new ScriptClient(balancer.url(), "polling", 0)) {
                Awaitility.await().atMost(LONG).until(() -> survivor.io.fetchSockets().size() == 1);
                // The balancer has given the first connection, the handshake, to the first server.
                assertThat(survivor.io.sockets().sockets()).isEmpty();
                owner.kill();
                expire(prefix, sid.substring(0, sid.indexOf('_')));
                balancer.remove(owner.url());
                Awaitility.await().atMost(LONG).until(() -> survivor.io.sockets().sockets().size() == 1);
                survivor.io.emit("stop");
                var said = client.report().said();
                assertThat(said.getFirst()).isEqualTo("connect");
                assertThat(said.get(1)).startsWith("disconnect: transport");
                assertThat(said).contains("reconnect");
            }
            assertThat(poll.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(poll.get().body()).isIn("1", "2");
            Awaitility.await().atMost(LONG).until(() -> survivor.cluster.membership().members().size() == 1);
        }
    }

    /** Makes the lifetime of a member end: its last sign was long ago, and Redis has been there since. */
    private static void expire(String prefix, String tag) throws Exception {
        long now = Long.parseLong(redis.command("TIME").lines().findFirst().orElseThrow()) * 1_000;
        String start = prefix + "{member}:";
        redis.command("ZADD", start + "alive", Long.toString(now - 60_000), tag);
        redis.command("HSET", start + "clock", "since", Long.toString(now - 60_000));
    }
}
