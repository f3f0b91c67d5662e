package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.broker.Traffic;
import dev.parley.cluster.redis.LettuceLink;
import dev.parley.cluster.redis.LinkLimits;
import dev.parley.testing.Ports;
import dev.parley.testing.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Redis Cluster of three nodes, over TLS, with the documented rights of a user. Needs the program redis-server. */
@Tag("real-time")
class RedisClusterIT {
    private static final int SLOTS = 16_384;
    private static final List<RedisServer> NODES = new ArrayList<>();
    private static final List<Integer> TLS_PORTS = new ArrayList<>();

    @TempDir
    static Path folder;

    @BeforeAll
    static void startCluster() throws Exception {
        RedisFormsIT.createCertificate(folder);
        Files.writeString(folder.resolve("users.acl"), "user default on nopass ~* &* +@all\n"
                + RedisFormsIT.documentedUser() + " " + rightsForACluster() + "\n");
        for (int i = 0; i < 3; i++) {
            int tls = Ports.free();
            TLS_PORTS.add(tls);
            NODES.add(new RedisServer(List.of("--tls-port", Integer.toString(tls), "--tls-cert-file",
                    folder.resolve("chain.pem").toString(), "--tls-key-file",
                    folder.resolve("key.pem").toString(), "--tls-ca-cert-file",
                    folder.resolve("chain.pem").toString(), "--tls-auth-clients", "no", "--aclfile",
                    folder.resolve("users.acl").toString(), "--cluster-enabled", "yes", "--tls-cluster",
                    "yes", "--cluster-port", Integer.toString(Ports.free()), "--cluster-config-file",
                    "HOME/nodes.conf")));
        }
        var first = NODES.getFirst();
        for (int i = 0; i < 3; i++) {
            var node = NODES.get(i);
            node.command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
            node.command("CLUSTER", "ADDSLOTSRANGE", Integer.toString(SLOTS * i / 3),
                    Integer.toString(SLOTS * (i + 1) / 3 - 1));
            if (i > 0) {
                node.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(TLS_PORTS.getFirst()),
                        bus(first));
            }
        }
        for (RedisServer node : NODES) {
            Awaitility.await().atMost(RedisFormsIT.LONG).until(() -> {
                String info = node.command("CLUSTER", "INFO");
                return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
            });
        }
    }

    private static String bus(RedisServer node) throws Exception {
        return node.command("CONFIG", "GET", "cluster-port")
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .strip();
    }

    /** Returns the rights that the documentation adds for a cluster. */
    private static String rightsForACluster() throws Exception {
        String docs = Files.readString(Path.of("../docs/cluster.md"));
        int begin = docs.indexOf("`+cluster|");
        return docs.substring(begin + 1, docs.indexOf('`', begin + 1));
    }

    @AfterAll
    static void stopCluster() throws Exception {
        for (RedisServer node : NODES) {
            node.stop();
        }
    }

    private static String url() {
        return "rediss-cluster://parley:PASSWORD@" + TLS_PORTS.stream()
                .limit(2)
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
    }

    private static ClusterOptions.Builder options() {
        return ParleyNode.options().trustedCertificates(folder.resolve("chain.pem"));
    }

    @ParameterizedTest
    @EnumSource(ClusterOptions.Adapter.class)
    void serversActAsOneWithEachAdapter(ClusterOptions.Adapter adapter) throws Exception {
        var options = options().adapter(adapter).build();
        try (var a = new ParleyNode(url(), options, "a", RedisFormsIT.RECOVERY);
                var b = new ParleyNode(url(), options, "b", RedisFormsIT.RECOVERY)) {
            RedisFormsIT.worksInBothDirections(a, b);
            var rooms = IntStream.range(0, 6).mapToObj(i -> "room" + i).toList(); // on all nodes of Redis
            try (var bob = new TestClient(b.url(), "bob", rooms.toArray(String[]::new))) {
                ParleyNode.awaitSockets(1, a, b);
                for (String room : rooms) {
                    a.io.to(room).emit(room);
                    assertThat(word(bob.next())).isEqualTo(room);
                }
                for (int i = 0; i < 500; i++) {
                    a.io.to("room0").emit("n" + i);
                }
                a.io.to("room0").emit("end");
                assertThat(bob.until("end").stream().map(RedisClusterIT::word))
                        .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> "n" + i).toList());
            }
            if (adapter == ClusterOptions.Adapter.STREAMS) {
                RedisFormsIT.recovers(a, b);
            }
            assertThat(a.cluster.membership().members()).hasSize(2);
            assertThat(a.cluster.status().connected()).isTrue();
            assertThat(a.cluster.status().dropped()).isZero();
        }
    }

    /** Returns the name of an event, without the offset that follows it with recovery. */
    private static String word(String event) {
        return event.split(" ", 2)[0];
    }

    @Test
    void connectionsOfADeadMemberEndOnAllNodes() throws Exception {
        try (var a = ParleyCluster.join(url(), options().build());
                var tool = LettuceLink.connect(url(), Optional.of(folder.resolve("chain.pem")),
                        LinkLimits.defaults(), new Traffic(), Optional.empty())) {
            var self = a.membership().self();
            String name = "name=parley-" + self.instance() + " ";
            var before = connections(name);
            assertThat(before).hasSizeGreaterThan(3);
            tool.members("socket.io").disconnect(self).toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(connections(name)).doesNotContainAnyElementsOf(before);
            Awaitility.await().atMost(RedisFormsIT.LONG).until(() -> a.status().connected());
        }
    }

    @Test
    void scriptsRunOnTheNodeOfTheirKeys() throws Exception {
        try (var a = ParleyCluster.join(url(), options().build())) {
            var scripts = a.scripts();
            var script = ClusterScript
                    .of("redis.call('SET', KEYS[1], ARGV[1]) return {redis.call('GET', KEYS[1])}");
            for (int i = 0; i < 6; i++) {
                assertThat(scripts.run(script, List.of(scripts.key("group" + i, "one")), List.of("v" + i))
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS)).containsExactly("v" + i);
            }
        }
    }

    /** Returns the connections of a name, each as its node and its number there. */
    private static List<String> connections(String name) throws Exception {
        var found = new ArrayList<String>();
        for (RedisServer node : NODES) {
            node.command("CLIENT", "LIST")
                    .lines()
                    .filter(line -> line.contains(name))
                    .forEach(line -> found.add(node.port() + " " + line.substring(0, line.indexOf(' '))));
        }
        return found;
    }
}
