package dev.parley.doctor.rig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar as a process of its own, as a user runs it. */
@Tag("real-time")
class StandaloneJarIT {
    private static final Path JAR = Path.of("target", "parley-doctor.jar").toAbsolutePath();

    @TempDir
    Path folder;

    private record Run(int code, String out, String err) {}

    @Test
    void refusedPortIsReportedAsBroken() throws Exception {
        String url = "http://127.0.0.1:" + Ports.free();

        var run = java(url, "--quick");

        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out().lines()).first().isEqualTo("Examined " + url + "/socket.io/");
        assertThat(run.out()).contains("Nothing listens on 127.0.0.1 port");
    }

    @Test
    void healthyServerExitsWithZeroAndPrintsJson() throws Exception {
        try (var server = TestServer.start()) {
            var run = java(server.url(), "--json", "--quiet");

            assertThat(run.err()).isEmpty();
            assertThat(run.code()).as(run.out()).isZero();
            assertThat(run.out()).startsWith("{").contains("\"health\" : \"healthy\"");
        }
    }

    @Test
    void unknownOptionPrintsOneLine() throws Exception {
        var run = java("--nonsense", "http://127.0.0.1:1");

        assertThat(run.code()).isEqualTo(64);
        assertThat(run.err().lines()).singleElement().asString().startsWith("parley-doctor: Unknown option");
    }

    @Test
    void jarHoldsOnlyTheDoctorAndItsLibraries() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            Set<String> roots = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
                    .map(name -> name.replaceFirst("^(\\w+/\\w+(?:/\\w+)?)/.*", "$1"))
                    .map(name -> name.startsWith("picocli/") ? "picocli" : name)
                    .map(name -> name.startsWith("tools/jackson/") ? "tools/jackson" : name)
                    .collect(Collectors.toSet());

            assertThat(roots).containsExactlyInAnyOrder("dev/parley/doctor", "dev/parley/protocol", "picocli",
                    "tools/jackson", "com/fasterxml/jackson");
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/FastDoubleParser-LICENSE",
                            "META-INF/Schubfach-LICENSE")
                    .doesNotHaveDuplicates();
            assertThat(jar.isMultiRelease()).isTrue();
        }
    }

    private Run java(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
