package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests the image without a container engine: links the runtime with the Dockerfile's command, and starts the server with the commands
 * and the environment of the Dockerfile and the compose file. {@link ProxyIT} runs nginx, the other service.
 */
@Tag("real-time")
class ImageIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Path MODELS = Path.of(System.getProperty("parley.models"));
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final long MEGABYTE = 1_000_000;
    /** debian:bookworm-slim with libflite1 and ca-certificates, unpacked; rounded up. */
    private static final long BASE = 110 * MEGABYTE;
    private static final long MOST = 600 * MEGABYTE;

    @TempDir
    Path folder;

    private @Nullable Process server;

    @AfterEach
    void end() {
        if (server != null) {
            server.destroyForcibly();
        }
    }

    @Test
    void serviceRunsOnTheLinkedRuntimeWithinTheSizeLimit() throws Exception {
        Assumptions.assumeTrue(Files.exists(MODELS.resolve("speech")), "build/fetch has not been run");
        var image = dockerfile();
        Path java = link(image);

        long bytes = size(java) + size(MODELS) + Files.size(TARGET.resolve("parley.jar"))
                + size(TARGET.resolve("lib")) + BASE;
        System.out.println("the image, unpacked: about " + bytes / MEGABYTE + " MB (runtime "
                + size(java) / MEGABYTE + ", models " + size(MODELS) / MEGABYTE + ", program "
                + (Files.size(TARGET.resolve("parley.jar")) + size(TARGET.resolve("lib"))) / MEGABYTE
                + ", base " + BASE / MEGABYTE + ")");
        assertThat(bytes).isLessThan(MOST);

        int port = Ports.free();
        var process = start(image, java, port);
        try (var http = HttpClient.newHttpClient()) {
            Awaitility.await().atMost(LONG).until(() -> {
                assertThat(process.isAlive()).as("see target/image.log").isTrue();
                return ready(http, port);
            });
        }
        assertThat(healthy(image, port)).isTrue();
        process.destroy(); // STOPSIGNAL SIGTERM
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(healthy(image, port)).isFalse();
        assertThat(Files.readAllLines(TARGET.resolve("image.log")))
                .anyMatch(line -> line.startsWith("Parley is at "));
    }

    /** The first instructions of each kind in the last stage, and every RUN. */
    private static List<String> dockerfile() throws IOException {
        return Files.readString(DEPLOY.resolve("Dockerfile"))
                .replace("\\\n", " ")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private Path link(List<String> image) throws IOException, InterruptedException {
        Path java = folder.resolve("java");
        String command = image.stream()
                .filter(line -> line.startsWith("RUN jlink "))
                .findFirst()
                .orElseThrow()
                .substring("RUN ".length())
                .replace("--output /java ", "--output " + java + " ");
        var words = new ArrayList<>(List.of(command.split("\\s+", -1)));
        words.set(0, Path.of(System.getProperty("java.home"), "bin", "jlink").toString());
        var jlink = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(jlink.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assumptions.assumeFalse(output.contains("does not contain packaged modules"),
                "a JDK that cannot link");
        assertThat(jlink.waitFor()).as(output).isZero();
        return java;
    }

    private Process start(List<String> image, Path java, int port) throws IOException {
        var service = compose().path("services").path("parley");
        var command = new ArrayList<String>();
        for (String word : json(image, "ENTRYPOINT ")) {
            command.add(word.replace("/opt/java/", java + "/").replace("/opt/parley/", TARGET + "/"));
        }
        service.path("command").forEach(word -> command.add(word.asString()));
        var builder = new ProcessBuilder(command)
                .directory(Files.createDirectory(folder.resolve("work")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(TARGET.resolve("image.log").toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PARLEY_") || name.startsWith("JAVA"));
        env(image).forEach(environment::put);
        service.path("environment")
                .properties()
                .forEach(each -> environment.put(each.getKey(),
                        each.getValue().asString().replaceAll("\\$\\{\\w+:-(.*)}", "$1")));
        // Replaces the container's address, port and folder, and sets no drain.
        environment.putAll(Map.of("PARLEY_HOST", "127.0.0.1", "PORT", Integer.toString(port), "PARLEY_MODELS",
                MODELS.toString(), "PARLEY_DATA", folder.toString(), "PARLEY_DRAIN_TIME", "0s",
                "PARLEY_PASSWORD", "a password"));
        var started = builder.start();
        server = started;
        return started;
    }

    private static boolean healthy(List<String> image, int port) throws IOException, InterruptedException {
        String line = image.stream()
                .filter(each -> each.startsWith("HEALTHCHECK "))
                .findFirst()
                .orElseThrow();
        var builder = new ProcessBuilder(json(List.of(line.substring(line.indexOf("CMD "))), "CMD "))
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
        builder.environment().put("PORT", Integer.toString(port));
        var check = builder.start();
        check.getInputStream().readAllBytes();
        return check.waitFor() == 0;
    }

    private static List<String> json(List<String> lines, String instruction) {
        String line = lines.stream().filter(each -> each.startsWith(instruction)).findFirst().orElseThrow();
        var words = new ArrayList<String>();
        new JsonMapper().readTree(line.substring(line.indexOf('[')))
                .forEach(word -> words.add(word.asString()));
        return words;
    }

    private static Map<String, String> env(List<String> image) {
        var values = new HashMap<String, String>();
        image.stream().filter(line -> line.startsWith("ENV ")).forEach(line -> {
            for (String pair : line.substring("ENV ".length()).split("\\s+", -1)) {
                values.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        });
        return values;
    }

    private static JsonNode compose() throws IOException {
        return JsonMapper.shared()
                .valueToTree(new Yaml(new SafeConstructor(new LoaderOptions()))
                        .load(Files.readString(DEPLOY.resolve("compose.yaml"))));
    }

    private static boolean ready(HttpClient http, int port) throws InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build(),
                    BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static long size(Path path) {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
