package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.settings.Settings;
import dev.parley.testing.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the files in {@code deploy} for clusters: settings, ports, and what nginx and Redis themselves say. */
class ClusterDeployIT {
    private static final Path DEPLOY = Path.of("..", "deploy").toAbsolutePath().normalize();
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"parley1", "parley2", "parley3"})
    void composedServersHaveValidSettings(String name) throws IOException {
        JsonNode services = documents("cluster/compose.yaml").getFirst().path("services");
        var environment = new HashMap<String, String>();
        services.path(name)
                .path("environment")
                .properties()
                .forEach(each -> environment.put(each.getKey(), each.getValue().asString()));
        environment.put("PARLEY_METRICS_TOKEN", "a token that is long enough");
        environment.put("PARLEY_PASSWORD", "a password");
        environment.put("PARLEY_AUTH_SECRET", SECRET);
        environment.put("PARLEY_CLUSTER_SECRET", SECRET);

        assertThat(Settings.read(Map.of(), environment)).isNotNull();
        assertThat(environment).containsEntry("PARLEY_CLUSTER_ADDRESS", name + ":7100");
        assertThat(Files.readString(DEPLOY.resolve("cluster/nginx.conf")))
                .contains("server " + name + ":3000;");
        assertThat(services.path("nginx").path("depends_on").has(name)).isTrue();
    }

    @Test
    void podsHaveValidSettingsAndPortsThatAgree() throws IOException {
        var documents = documents("kubernetes/cluster.yaml");
        JsonNode secret = kind(documents, "Secret").path("stringData");
        JsonNode deployment = kind(documents, "Deployment").path("spec");
        JsonNode container = deployment.path("template").path("spec").path("containers").path(0);
        var environment = new HashMap<String, String>();
        for (JsonNode each : container.path("env")) {
            String key = each.path("valueFrom").path("secretKeyRef").path("key").asString("");
            environment.put(each.path("name").asString(),
                    key.isEmpty() ? each.path("value").asString("10.1.2.3") : secret.path(key).asString());
        }
        assertThat(environment).containsEntry("PARLEY_CLUSTER_ADDRESS", "$(POD_IP):7100");
        environment.put("PARLEY_CLUSTER_ADDRESS", "10.1.2.3:7100");
        environment.remove("POD_IP");

        assertThat(Settings.read(Map.of(), environment)).isNotNull();
        assertThat(container.path("ports").toString()).contains("{\"name\":\"http\",\"containerPort\":3000}",
                "{\"name\":\"node\",\"containerPort\":7100}");
        assertThat(deployment.path("strategy").path("rollingUpdate").path("maxUnavailable").asInt(9))
                .isZero();
        assertThat(deployment.path("template").path("spec").path("terminationGracePeriodSeconds").asInt())
                .isGreaterThanOrEqualTo(35);
        assertThat(container.path("readinessProbe").toString()).contains("/health/ready");
        assertThat(kind(documents, "Service").toString()).doesNotContain("sessionAffinity");
        assertThat(kind(documents, "Ingress").toString()).doesNotContain("affinity");
    }

    @Test
    void podsHaveTheSameRedisAsContainers() throws IOException {
        var documents = documents("kubernetes/redis.yaml");
        assertThat(kind(documents, "ConfigMap").path("data").path("redis.conf").asString())
                .isEqualTo(Files.readString(DEPLOY.resolve("cluster/redis.conf")));
        assertThat(kind(documents, "Secret").path("stringData").path("users.acl").asString())
                .isEqualTo(Files.readString(DEPLOY.resolve("cluster/users.acl")));
        assertThat(kind(documents, "Service").path("metadata").path("name").asString())
                .isEqualTo("parley-redis");
    }

    @Test
    void nginxAcceptsItsConfiguration() throws Exception {
        String text = Files.readString(DEPLOY.resolve("cluster/nginx.conf"))
                .replaceAll("server parley([123]):3000;", "server 127.0.0.1:300$1;")
                .replace("listen 8080;", "listen 127.0.0.1:" + Ports.free() + ";");
        assertThat(text).contains("server 127.0.0.1:3003;").doesNotContain("hash");
        Path file = Files.writeString(folder.resolve("nginx.conf"), text);
        var output = run("/usr/sbin/nginx", "-t", "-p", folder.toString(), "-c", file.toString(), "-g",
                "pid " + folder.resolve("nginx.pid") + "; error_log stderr;");
        assertThat(output).contains("syntax is ok");
    }

    /** The user may do what a cluster does, to keys and channels of the cluster only. */
    @Test
    void redisAcceptsItsConfigurationAndLimitsItsUser() throws Exception {
        int port = Ports.free();
        var redis = new ProcessBuilder("redis-server", DEPLOY.resolve("cluster/redis.conf").toString(),
                "--aclfile", DEPLOY.resolve("cluster/users.acl").toString(), "--bind", "127.0.0.1", "--port",
                Integer.toString(port), "--dir", folder.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        try {
            Ports.awaitOpen(port, () -> {
                if (!redis.isAlive()) {
                    throw new IOException(Files.readString(folder.resolve("redis.log")));
                }
            });
            assertThat(redis(port, "PING")).contains("NOAUTH");
            String[] user = {"--user", "parley", "--pass", "change-me", "--no-auth-warning"};
            assertThat(redis(port, user, "XADD", "socket.io", "*", "k", "v")).contains("-");
            assertThat(redis(port, user, "SET", "socket.io{member}:a", "1", "PX", "1000")).contains("OK");
            assertThat(redis(port, user, "PUBLISH", "socket.io#/#", "x")).contains("0");
            // Redis compares a pattern as text with those of the user.
            assertThat(subscribed(port, "socket.io#/#*", "socket.io#/parley-admin#*"))
                    .doesNotContain("NOPERM")
                    .contains("socket.io#/parley-admin#*");
            assertThat(subscribed(port, "other*")).contains("NOPERM");
            assertThat(redis(port, user, "SET", "other", "1")).contains("NOPERM");
            assertThat(redis(port, user, "PUBLISH", "other", "x")).contains("NOPERM");
            assertThat(redis(port, user, "CONFIG", "GET", "maxmemory")).contains("NOPERM");
            assertThat(redis(port, user, "FLUSHALL")).contains("NOPERM");
        } finally {
            redis.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** Subscribes to patterns, as the adapter for Pub/Sub does. Returns the replies. */
    private static String subscribed(int port, String... patterns) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            String commands = "AUTH parley change-me\r\nPSUBSCRIBE " + String.join(" ", patterns)
                    + "\r\nQUIT\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String redis(int port, String... command) throws Exception {
        return redis(port, new String[0], command);
    }

    private static String redis(int port, String[] user, String... command) throws Exception {
        return run(Stream
                .of(new String[]{"redis-cli", "-h", "127.0.0.1", "-p", Integer.toString(port)}, user, command)
                .flatMap(Stream::of)
                .toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static List<JsonNode> documents(String file) throws IOException {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        var documents = new ArrayList<JsonNode>();
        StreamSupport.stream(yaml.loadAll(Files.readString(DEPLOY.resolve(file))).spliterator(), false)
                .forEach(each -> documents.add(JsonMapper.shared().valueToTree(each)));
        return documents;
    }

    private static JsonNode kind(List<JsonNode> documents, String kind) {
        return documents.stream()
                .filter(each -> kind.equals(each.path("kind").asString("")))
                .findFirst()
                .orElseThrow();
    }
}
