package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.Socket;
import dev.parley.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The published client behind a balancer without affinity, whose requests reach any of three servers: directly and relayed over Redis. Needs the programs
 * redis-server, node and npm.
 */
@Tag("real-time")
@ParameterizedClass
@EnumSource(AnyNodeIT.Way.class)
class AnyNodeIT {
    private static final String SECRET = "a secret of the tests, which is long enough";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int MESSAGES = 300;

    private static RedisServer redis;

    enum Way {
        DIRECT,
        RELAYED
    }

    @Parameter
    Way way = Way.DIRECT;

    private final Map<String, List<Integer>> received = new ConcurrentHashMap<>();
    private final List<ParleyNode> nodes = new ArrayList<>();
    private RoundRobin balancer;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = new RedisServer();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        redis.stop();
    }

    @BeforeEach
    void start() throws Exception {
        var options = ParleyNode.options().prefix("any" + COUNT.incrementAndGet()).secrets(SECRET);
        if (way == Way.DIRECT) {
            options.nodeAddress("127.0.0.1:0").nodeListener("127.0.0.1:0");
        }
        for (int i = 0; i < 3; i++) {
            var node = new ParleyNode(redis.url(), options.build(), "node" + i);
            node.io.onConnection(this::serve);
            nodes.add(node);
        }
        balancer = new RoundRobin(nodes.get(0).url(), nodes.get(1).url(), nodes.get(2).url());
    }

    @AfterEach
    void stop() throws Exception {
        balancer.close();
        nodes.forEach(ParleyNode::close);
    }

    private void serve(Socket socket) {
        var numbers = received.computeIfAbsent(socket.id(), id -> new ArrayList<>());
        socket.on("up", event -> {
            numbers.add(event.as(0, Integer.class));
            socket.emit("down", event.as(0, Integer.class));
        });
    }

    @Test
    void pollingLosesAndDoublesNothing() throws Exception {
        exchange("polling");
    }

    @Test
    void upgradesOnAnyNode() throws Exception {
        exchange("polling,websocket");
    }

    private void exchange(String transports) throws Exception {
        try (var client = new ScriptClient(balancer.url(), transports, MESSAGES);
                var other = new ScriptClient(balancer.url(), transports, MESSAGES)) {
            for (var each : List.of(client, other)) {
                var report = each.report();
                assertThat(report.said()).containsExactly("connect");
                assertThat(report.got()).containsExactlyElementsOf(upTo(MESSAGES));
                assertThat(report.transport())
                        .isEqualTo(transports.endsWith("websocket") ? "websocket" : "polling");
            }
        }
        assertThat(received.values()).hasSize(2)
                .allSatisfy(numbers -> assertThat(numbers).containsExactlyElementsOf(upTo(MESSAGES)));
        assertThat(nodes).allSatisfy(node -> assertThat(node.cluster.status().rejected()).isZero());
    }

    @Test
    void anEndedOwnerEndsItsSessionsWithoutAnError() throws Exception {
        try (var client = new ScriptClient(balancer.url(), "polling", 0)) {
            var owner = owner();
            balancer.remove(owner.url());
            owner.close();
            nodes.remove(owner);
            owner();
            nodes.forEach(node -> node.io.emit("stop"));
            assertThat(client.report().said())
                    .startsWith("connect", "disconnect: transport close", "reconnect")
                    .noneMatch(said -> said.startsWith("error"));
        }
    }

    /** Waits for the client, and returns the server that has its session. */
    private ParleyNode owner() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> nodes.stream().mapToInt(node -> node.io.sockets().sockets().size()).sum() == 1);
        return nodes.stream()
                .filter(node -> node.io.sockets().sockets().size() == 1)
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }
}
