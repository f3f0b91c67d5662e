package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code parley serve} as a separate process. */
@Tag("real-time")
class ServeIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Path MODELS = Path.of(System.getProperty("parley.models"));

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private List<String> jvmOptions = List.of();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void serverRespondsWhileLoadingThenIsReadyThenStops() throws Exception {
        assumeModels();
        Process process = serve("--port", "0", "--log-format", "json", "--model", "local", "--models",
                MODELS.toString());
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String first = out.readLine();
        assertThat(first).startsWith("Parley is at http://localhost:");
        String address = first.split(" ", -1)[3];

        try (var http = HttpClient.newHttpClient()) {
            assertThat(status(http, address + "/health")).isEqualTo(200);
            Awaitility.await().atMost(LONG).until(() -> status(http, address + "/health/ready") == 200);
        }
        process.toHandle().destroy();

        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(out.lines().filter(line -> !line.startsWith("{\"time\":\""))).containsExactly(
                "Who may connect: programs of this machine only, without a login",
                "Which model answers: the embedded one: the setting model is local",
                "What a day may cost: nothing, the embedded model is free");
        assertThat(errors(process)).isEmpty();
    }

    @Test
    void signalWhileLoadingStopsInOrder() throws Exception {
        assumeModels();
        Process process = serve("--port", "0", "--models", MODELS.toString());
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).startsWith("Parley is at ");

        process.toHandle().destroy();

        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(errors(process)).isEmpty();
    }

    @Test
    void portInUsePrintsOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = serve("--port", Integer.toString(taken.getLocalPort()));

            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(errors(process)).containsExactly("parley: Port " + taken.getLocalPort()
                    + " is already in use. Choose another with --port or PORT.");
        }
    }

    @Test
    void missingModelPrintsOneLineWithItsName() throws Exception {
        Process process = serve("--port", "0", "--models", folder.toString());

        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(errors(process)).singleElement()
                .asString()
                .startsWith("parley: ")
                .contains(folder.toString())
                .contains("missing");
    }

    @Test
    void driverOfRedisIsNotLoadedWithoutCluster() throws Exception {
        Path classes = folder.resolve("classes.txt");
        jvmOptions = List.of("-Xlog:class+load:file=" + classes);
        Process process = serve("--port", "0", "--models", folder.toString());

        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(classes)).contains("dev.parley.app.Parley ", "dev.parley.calls.Calls ")
                .doesNotContain("io.lettuce.", "dev.parley.cluster.redis.",
                        "dev.parley.cluster.ParleyCluster ", "dev.parley.app.cluster.RedisBudget ");
    }

    @Test
    void damagedModelPrintsOneLineWithItsName() throws Exception {
        assumeModels();
        Path speech = Files.createDirectory(folder.resolve("speech"));
        try (var files = Files.list(MODELS.resolve("speech"))) {
            for (Path file : files.toList()) {
                Files.createSymbolicLink(speech.resolve(file.getFileName()), file);
            }
        }
        Path damaged = speech.resolve("silero_vad_v5.onnx");
        byte[] content = Files.readAllBytes(damaged);
        content[1_000] ^= 1;
        Files.delete(damaged);
        Files.write(damaged, content);

        Process process = serve("--port", "0", "--models", folder.toString());

        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(errors(process)).singleElement()
                .asString()
                .startsWith("parley: ")
                .contains("silero_vad_v5.onnx")
                .contains("checksum");
    }

    private static void assumeModels() {
        Assumptions.assumeTrue(Files.exists(MODELS.resolve("speech")), "build/fetch has not been run");
    }

    private Process serve(String... options) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx512m", "-cp",
                        System.getProperty("java.class.path")));
        command.addAll(jvmOptions);
        command.addAll(List.of("dev.parley.app.Main", "serve", "--host", "127.0.0.1"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PARLEY_") || name.equals("PORT")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static List<String> errors(Process process) {
        return new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))
                .lines()
                .toList();
    }

    private static int status(HttpClient http, String url) throws IOException, InterruptedException {
        return http
                .send(HttpRequest.newBuilder(URI.create(url)).timeout(LONG).build(),
                        BodyHandlers.discarding())
                .statusCode();
    }
}
