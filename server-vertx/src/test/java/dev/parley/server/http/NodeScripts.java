package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The scripts of {@code src/test/js} with the published JavaScript clients, installed from their lock file on first use. */
final class NodeScripts {
    private static final Path FROM = Path.of("src", "test", "js");
    private static final Path HERE = Path.of("target", "js").toAbsolutePath();

    private NodeScripts() {}

    static void install() throws Exception {
        Files.createDirectories(HERE);
        try (var files = Files.newDirectoryStream(FROM, path -> Files.isRegularFile(path))) {
            for (Path file : files) {
                Files.copy(file, HERE.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.exists(HERE.resolve("node_modules/socket.io-client-2/package.json"))) {
            assertThat(run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")).contains("added");
        }
    }

    /** Returns the output of a script; fails the test unless it ended well. */
    static String node(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(command.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var out = Files.createTempFile(HERE, "out", ".txt");
        var process = new ProcessBuilder(command).directory(HERE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            String said = Files.readString(out);
            assertThat(ended && process.exitValue() == 0).as(said).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }
}
