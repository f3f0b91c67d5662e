package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.settings.Settings;
import dev.parley.settings.SettingsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses the files in {@code deploy} and checks their settings and metrics. {@link ProxyIT} runs nginx and HAProxy. */
@Tag("real-time")
class DeployIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOY = ROOT.resolve("deploy");
    private static final Pattern FIGURE = Pattern.compile("\\bparley_[a-z_]+");
    private static final Pattern VARIABLE = Pattern.compile("\\bPARLEY_[A-Z_]+\\b");

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsValid(Path file) throws IOException {
        String name = file.getFileName().toString();
        String text = Files.readString(DEPLOY.resolve(file));
        if (name.endsWith(".yaml")) {
            assertThat(documents(text)).isNotEmpty()
                    .allMatch(document -> document instanceof Map<?, ?> map && !map.isEmpty());
        } else if (name.endsWith(".json")) {
            assertThat(new JsonMapper().readTree(text).isObject()).isTrue();
        } else {
            assertThat(name).as("of another kind, which needs a test of its own")
                    .isIn("Dockerfile", "nginx.conf", "haproxy.cfg", "redis.conf", "users.acl", "README.md",
                            "Caddyfile", "parley.service");
        }
    }

    @Test
    void policyGrantsTwoActionsOnTheDefaultModel() throws IOException {
        JsonNode policy = new JsonMapper().readTree(Files.readString(DEPLOY.resolve("iam-policy.json")));
        String model = Settings.read(Map.of(), Map.of()).model().nova().modelId();

        assertThat(policy.path("Statement")).hasSize(1);
        JsonNode statement = policy.path("Statement").path(0);
        assertThat(statement.path("Effect").asString()).isEqualTo("Allow");
        assertThat(statement.path("Action")).extracting(JsonNode::asString)
                .containsExactlyInAnyOrder("bedrock:InvokeModel",
                        "bedrock:InvokeModelWithBidirectionalStream");
        assertThat(statement.path("Resource")).extracting(JsonNode::asString)
                .containsExactly("arn:aws:bedrock:us-east-1::foundation-model/" + model);
        assertThat(statement.propertyNames()).containsExactlyInAnyOrder("Sid", "Effect", "Action",
                "Resource");
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyVariableIsASetting(Path file) throws IOException {
        Set<String> known = new HashSet<>(Set.of("PARLEY_MODELS", "PARLEY_NODE", "PARLEY_JAVA_OPTS"));
        SettingsTable.ALL.forEach(setting -> known.add(setting.variable()));
        assertThat(found(VARIABLE, Files.readString(DEPLOY.resolve(file)))).isSubsetOf(known);
    }

    /** {@link MetricsPageIT} checks the document itself. */
    @ParameterizedTest
    @MethodSource("files")
    void everyMetricIsDocumented(Path file) throws IOException {
        Set<String> known = Files.readString(ROOT.resolve("docs/metrics.md"))
                .lines()
                .filter(line -> line.startsWith("| `parley_"))
                .map(line -> line.split("`", -1)[1])
                .flatMap(name -> name.endsWith("_seconds")
                        ? Stream.of(name, name + "_bucket", name + "_count", name + "_sum")
                        : Stream.of(name))
                .collect(Collectors.toSet());
        assertThat(found(FIGURE, Files.readString(DEPLOY.resolve(file)))).isSubsetOf(known);
    }

    /** Nothing here runs Caddy: the sample is held by its important lines. */
    @Test
    void caddyPassesOnWhatParleyNeeds() throws IOException {
        String sample = Files.readString(DEPLOY.resolve("caddy/Caddyfile"));

        assertThat(sample).contains("reverse_proxy parley:3000", "flush_interval -1", "header_up -Forwarded",
                "read_timeout 120s", "respond /metrics 404", "max_size 1MB");
        assertThat(sample.chars().filter(c -> c == '{').count())
                .isEqualTo(sample.chars().filter(c -> c == '}').count());
    }

    @Test
    void dashboardAndAlertsUseManyMetrics() throws IOException {
        assertThat(found(FIGURE, Files.readString(DEPLOY.resolve("grafana/parley.json"))))
                .hasSizeGreaterThan(25);
        assertThat(found(FIGURE, Files.readString(DEPLOY.resolve("prometheus/alerts.yaml"))))
                .hasSizeGreaterThan(5);
        JsonNode panels = new JsonMapper().readTree(Files.readString(DEPLOY.resolve("grafana/parley.json")))
                .path("panels");
        assertThat(StreamSupport.stream(panels.spliterator(), false).map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates();
        assertThat(StreamSupport.stream(panels.spliterator(), false)).allMatch(
                panel -> !panel.path("title").asString().isEmpty() && panel.path("targets").size() > 0);
    }

    @Test
    void everyEnvironmentHasValidSettings() throws IOException {
        var mapper = new JsonMapper();
        var runner = mapper.readTree(Files.readString(DEPLOY.resolve("aws/apprunner.json")))
                .path("SourceConfiguration")
                .path("ImageRepository")
                .path("ImageConfiguration");
        assertThat(runner.path("Port").asString()).isEqualTo("3000");
        var environment = new HashMap<String, String>();
        for (String kind : List.of("RuntimeEnvironmentVariables", "RuntimeEnvironmentSecrets")) {
            runner.path(kind)
                    .properties()
                    .forEach(each -> environment.put(each.getKey(), each.getValue().asString()));
        }
        assertThat(safe(environment).connection().transports()).containsExactly(Settings.Transport.POLLING);

        var express = mapper.readTree(Files.readString(DEPLOY.resolve("aws/ecs-express.json")))
                .path("primaryContainer");
        environment.clear();
        express.path("environment")
                .forEach(
                        each -> environment.put(each.path("name").asString(), each.path("value").asString()));
        express.path("secrets")
                .forEach(each -> environment.put(each.path("name").asString(),
                        each.path("valueFrom").asString()));
        assertThat(safe(environment).connection().transports()).hasSize(2);
        assertThat(express.path("containerPort").asInt()).isEqualTo(3000);
    }

    /** Returns the settings, which must let nobody in without authentication. */
    private static Settings safe(Map<String, String> environment) {
        Settings settings = Settings.read(Map.of(), environment);
        settings.access().requireSafe(settings.profile());
        assertThat(settings.access().authenticates()).isTrue();
        return settings;
    }

    @Test
    void everyManifestAsksForThePassword() throws IOException {
        for (String name : List.of("kubernetes/parley.yaml", "kubernetes/cluster.yaml", "compose.yaml",
                "cluster/compose.yaml")) {
            assertThat(Files.readString(DEPLOY.resolve(name))).as(name)
                    .containsPattern("PARLEY_AUTH(, value)?: password")
                    .contains("PARLEY_PASSWORD");
        }
        assertThat(Files.readString(DEPLOY.resolve("Dockerfile"))).contains(" PARLEY_AUTH=password ");
    }

    /** Neither service has affinity: a second instance would not know the sessions of the first. */
    @Test
    void servicesWithoutAffinityHaveOneInstance() throws IOException {
        var mapper = new JsonMapper();
        var runner = mapper.readTree(Files.readString(DEPLOY.resolve("aws/apprunner.json")));
        assertThat(runner.path("AutoScalingConfigurationArn").asString(""))
                .endsWith(":autoscalingconfiguration/parley");
        assertThat(Files.readString(DEPLOY.resolve("README.md")))
                .contains("create-auto-scaling-configuration --auto-scaling-configuration-name parley ")
                .contains("--max-size 1 ");
        var express = mapper.readTree(Files.readString(DEPLOY.resolve("aws/ecs-express.json")));
        assertThat(express.path("scalingTarget").path("maxTaskCount").asInt()).isEqualTo(1);
    }

    @Test
    void kubernetesTerminationPeriodExceedsTheDrain() throws IOException {
        var pod = documents(Files.readString(DEPLOY.resolve("kubernetes/parley.yaml"))).stream()
                .map(each -> JsonMapper.shared().<JsonNode>valueToTree(each))
                .filter(each -> "StatefulSet".equals(each.path("kind").asString("")))
                .findFirst()
                .orElseThrow()
                .path("spec")
                .path("template")
                .path("spec");
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(35);
        assertThat(pod.toString()).contains("/health/ready", "\"runAsNonRoot\":true",
                "\"path\":\"/health\",");
    }

    /** Calendar and spending must outlive a container. */
    @Test
    void dataIsOnAVolume() throws IOException {
        assertThat(Files.readString(DEPLOY.resolve("compose.yaml"))).contains("PARLEY_DATA: /data",
                "volumes: [\"data:/data\"]");
        assertThat(Files.readString(DEPLOY.resolve("kubernetes/parley.yaml"))).contains(
                "{name: PARLEY_DATA, value: /data}", "{name: data, mountPath: /data}",
                "volumeClaimTemplates:");
        assertThat(Files.readString(DEPLOY.resolve("Dockerfile"))).contains("PARLEY_DATA=/data",
                "install -d -o 10001 -g root -m 0770 /data");
    }

    @Test
    void systemdUnitStopsLaterThanTheDrainAndKeepsData() throws IOException {
        List<String> lines = Files.readString(DEPLOY.resolve("systemd/parley.service")).lines().toList();
        assertThat(lines).contains("[Unit]", "[Service]", "[Install]", "User=parley", "StateDirectory=parley",
                "TimeoutStopSec=45", "NoNewPrivileges=true", "ProtectSystem=strict");
        assertThat(lines).allMatch(line -> line.isEmpty() || line.startsWith("#") || line.matches("\\[\\w+]")
                || line.matches("[A-Za-z]+=.*"));
        assertThat(String.join("\n", lines)).contains("PARLEY_AUTH=password", "PARLEY_DATA=/var/lib/parley",
                "-jar /opt/parley/parley.jar");
    }

    @Test
    void imageUsesExistingFilesAndAnUnprivilegedUser() throws IOException {
        String text = Files.readString(DEPLOY.resolve("Dockerfile")).replace("\\\n", " ");
        List<String> lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        assertThat(lines).allMatch(line -> line.matches(
                "(FROM|RUN|WORKDIR|COPY|ARG|USER|ENV|EXPOSE|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD) .*"));
        assertThat(lines.stream().filter(line -> line.startsWith("FROM ")))
                .containsExactly("FROM ${JDK_IMAGE} AS build", "FROM ${RUNTIME_IMAGE}");
        assertThat(lines.stream().filter(line -> line.matches("ARG (JDK|RUNTIME)_IMAGE=[^@]+"))).hasSize(2);
        assertThat(lines.indexOf("RUN build/fetch /models")).isLessThan(lines.indexOf("COPY . ."))
                .isGreaterThan(lines.indexOf("COPY build/fetch build/parts.tsv build/"));
        assertThat(lines).contains("USER 10001");
        assertThat(lines).filteredOn(line -> line.startsWith("COPY --from=build /src/"))
                .allMatch(line -> line.contains("/src/app/target/"));
        for (String json : lines) {
            if (json.startsWith("ENTRYPOINT ") || json.startsWith("CMD ")) {
                assertThat(new JsonMapper().readTree(json.substring(json.indexOf('['))).isArray()).isTrue();
            }
        }
    }

    /** Runs the container's health check as a process. */
    @Test
    void healthCheckSucceedsOnlyWhileTheServerRuns() throws Exception {
        String text = Files.readString(DEPLOY.resolve("Dockerfile")).replace("\\\n", " ");
        String line = text.lines().filter(each -> each.startsWith("HEALTHCHECK")).findFirst().orElseThrow();
        var command = new ArrayList<String>();
        new JsonMapper().readTree(line.substring(line.indexOf('[')))
                .forEach(each -> command.add(each.asString()));
        var loading = new Models();
        int port;
        try (var parley = Parley.start(Settings.read(Map.of("host", "127.0.0.1", "port", "0"), Map.of()),
                loading)) {
            port = parley.port();
            assertThat(run(command, port)).isZero();
            loading.ready().complete(null);
        }
        assertThat(run(command, port)).isNotZero();
    }

    private static int run(List<String> command, int port) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PARLEY_PORT", Integer.toString(port));
        var process = builder.start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    private static List<Object> documents(String text) {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return StreamSupport.stream(yaml.loadAll(text).spliterator(), false).toList();
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.walk(DEPLOY)) {
            return files.filter(Files::isRegularFile).map(DEPLOY::relativize).sorted().toList();
        }
    }
}
