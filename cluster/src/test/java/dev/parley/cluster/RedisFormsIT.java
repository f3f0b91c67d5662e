package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.testing.Ports;
import dev.parley.testing.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis over TLS with the documented rights of a user, and Redis that fails over by Sentinel. Needs the program redis-server. */
@Tag("real-time")
class RedisFormsIT {
    static final Duration LONG = Duration.ofSeconds(60);
    static final ServerOptions RECOVERY = ServerOptions.builder()
            .connectionStateRecovery(RecoveryOptions.defaults())
            .build();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ClusterOptions.Adapter.class)
    void aUserWithTheDocumentedRightsConnectsOverTls(ClusterOptions.Adapter adapter) throws Exception {
        createCertificate(folder);
        Files.writeString(folder.resolve("users.acl"), "user default off\n" + documentedUser() + "\n");
        var redis = new RedisServer(List.of("--port", "0", "--tls-port", "PORT", "--tls-cert-file",
                folder.resolve("chain.pem").toString(), "--tls-key-file",
                folder.resolve("key.pem").toString(), "--tls-auth-clients", "no", "--aclfile",
                folder.resolve("users.acl").toString()));
        String url = "rediss://parley:PASSWORD@127.0.0.1:" + redis.port();
        assertThatThrownBy(() -> ParleyCluster.join(url, ParleyNode.options().build()))
                .as("a certificate that is not trusted")
                .isInstanceOf(ClusterException.class);
        var options = ParleyNode.options()
                .adapter(adapter)
                .trustedCertificates(folder.resolve("chain.pem"))
                .build();
        assertThatThrownBy(() -> ParleyCluster.join(url.replace("PASSWORD", "wrong"), options))
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("refuses the login");
        try (var a = new ParleyNode(url, options, "a", RECOVERY);
                var b = new ParleyNode(url, options, "b", RECOVERY)) {
            worksInBothDirections(a, b);
            if (adapter == ClusterOptions.Adapter.STREAMS) {
                recovers(a, b);
            }
            assertThat(a.cluster.status().dropped()).isZero();
        } finally {
            redis.stop();
        }
    }

    /** Returns the line of the documentation. */
    static String documentedUser() throws IOException {
        return Files.readString(Path.of("../docs/cluster.md"))
                .lines()
                .filter(line -> line.startsWith("user parley on "))
                .findFirst()
                .orElseThrow();
    }

    static void worksInBothDirections(ParleyNode a, ParleyNode b) throws Exception {
        try (var ann = new TestClient(a.url(), "ann", "red");
                var bob = new TestClient(b.url(), "bob", "red")) {
            ParleyNode.awaitSockets(2, a, b);
            a.io.to("red").emit("from-a", new byte[]{1});
            assertThat(bob.next()).startsWith("from-a 01");
            assertThat(ann.next()).startsWith("from-a 01");
            assertThat(b.io.to("red").call(LONG, "q").values(String.class)).containsExactlyInAnyOrder("ann",
                    "bob");
            assertThat(a.io.serverSideCall(LONG, "news", "hi").values(String.class)).containsExactly("b");
        }
    }

    static void recovers(ParleyNode a, ParleyNode b) throws Exception {
        try (var client = new RecoveringClient()) {
            client.connect(a.url());
            a.io.emit("one", 1);
            client.next();
            a.left.clear();
            client.lose();
            a.left.poll(60, TimeUnit.SECONDS);
            // Sent behind the session on the same connection: when the reply is there, Redis has the session.
            assertThat(a.io.serverSideCall(LONG, "news").expected()).isOne();
            a.io.emit("two", 2);
            assertThat(client.connect(b.url())).isTrue();
            assertThat(client.next()).isEqualTo("two 2");
        }
    }

    @Test
    void sentinelNamesTheServerThatTakesOver() throws Exception {
        var first = new RedisServer();
        var second = new RedisServer(List.of("--replicaof", "127.0.0.1 " + first.port()));
        int port = Ports.free();
        Path settings = Files.writeString(folder.resolve("sentinel.conf"), """
                port %d
                bind 127.0.0.1
                dir %s
                sentinel monitor main 127.0.0.1 %d 1
                sentinel down-after-milliseconds main 1000
                sentinel failover-timeout main 5000
                """.formatted(port, folder, first.port()));
        Process sentinel = new ProcessBuilder("redis-server", settings.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sentinel.log").toFile())
                .start();
        try {
            Ports.awaitOpen(port, () -> {});
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> command(port, "SENTINEL", "replicas", "main")
                            .contains("127.0.0.1:" + second.port())
                            && second.command("INFO", "replication").contains("master_link_status:up"));
            String url = "redis-sentinel://127.0.0.1:" + port + "/0#main";
            try (var a = new ParleyNode(url, ParleyNode.options().build(), "a", RECOVERY);
                    var b = new ParleyNode(url, ParleyNode.options().build(), "b", RECOVERY)) {
                worksInBothDirections(a, b);
                first.kill();
                Awaitility.await()
                        .atMost(LONG)
                        .until(() -> second.command("INFO", "replication").contains("role:master"));
                Awaitility.await()
                        .atMost(LONG)
                        .until(() -> a.cluster.status().connected() && b.cluster.status().connected()
                                && a.io.sockets().adapter().serverCount() == 2
                                && a.io.serverSideCall(Duration.ofSeconds(2), "news").expected() == 1
                                && b.io.serverSideCall(Duration.ofSeconds(2), "news").expected() == 1);
                a.news.clear();
                b.news.clear();
                worksInBothDirections(a, b);
                recovers(a, b);
            }
        } finally {
            sentinel.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            first.stop();
            second.stop();
        }
    }

    private static String command(int port, String... words) throws IOException, InterruptedException {
        var line = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
        line.addAll(List.of(words));
        var cli = new ProcessBuilder(line).redirectErrorStream(true).start();
        String out = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        cli.waitFor();
        return out.replace("\"", "").lines().reduce("", (all, next) -> all + next.strip() + " ");
    }

    /** Writes a certificate of 127.0.0.1 and its key, as chain.pem and key.pem. */
    static void createCertificate(Path folder) throws Exception {
        Path store = folder.resolve("store.p12");
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", "one", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=A test", "-ext",
                "san=ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
                "changeit").inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        char[] password = "changeit".toCharArray();
        var keys = KeyStore.getInstance(store.toFile(), password);
        pem(folder.resolve("chain.pem"), "CERTIFICATE", keys.getCertificate("one").getEncoded());
        pem(folder.resolve("key.pem"), "PRIVATE KEY", keys.getKey("one", password).getEncoded());
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        Files.writeString(file, "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + kind + "-----\n");
    }
}
