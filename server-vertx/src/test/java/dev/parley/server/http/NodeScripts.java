package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The scripts of a folder of {@code src/test}, with the published JavaScript clients, which are installed from the folder's lock file on
 * first use. Test classes run in two processes at once: while one copies and installs, the other waits, and no file that is in use changes.
 */
final class NodeScripts {
    /** Both lines of the client. */
    static final NodeScripts CLIENTS = new NodeScripts("js");
    /** The present line, with its parsers. */
    static final NodeScripts API = new NodeScripts("js-api");

    private final Path from;
    private final Path here;

    private NodeScripts(String folder) {
        from = Path.of("src", "test", folder);
        here = Path.of("target", folder).toAbsolutePath();
    }

    void install() throws IOException, InterruptedException {
        Files.createDirectories(here);
        try (var gate = FileChannel.open(here.resolve("install.gate"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); var held = gate.lock()) {
            assertThat(held.isValid()).isTrue();
            try (var files = Files.newDirectoryStream(from, path -> Files.isRegularFile(path))) {
                for (Path file : files) {
                    copy(file, here.resolve(file.getFileName()));
                }
            }
            Path wanted = from.resolve("package-lock.json");
            Path installed = here.resolve("installed-lock.json");
            if (!same(wanted, installed)) {
                assertThat(run(300, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
                        .contains("added");
                copy(wanted, installed);
            }
        }
    }

    /** Returns the output of a script; fails the test unless it ended well. */
    String node(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return run(120, command.toArray(String[]::new));
    }

    private String run(long seconds, String... command) throws IOException, InterruptedException {
        var out = Files.createTempFile(here, "out", ".txt");
        var process = new ProcessBuilder(command).directory(here.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            String said = Files.readString(out);
            assertThat(ended && process.exitValue() == 0).as(said).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
            Files.delete(out);
        }
    }

    private static void copy(Path file, Path to) throws IOException {
        if (!same(file, to)) {
            Path half = Files.createTempFile(to.getParent(), "half", "");
            Files.copy(file, half, StandardCopyOption.REPLACE_EXISTING);
            Files.move(half, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean same(Path one, Path other) throws IOException {
        return Files.exists(other) && Files.mismatch(one, other) == -1;
    }
}
