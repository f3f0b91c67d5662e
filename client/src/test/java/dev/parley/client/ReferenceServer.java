package dev.parley.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** The npm package socket.io under node, on a port of its own; ends when its standard input does. */
final class ReferenceServer implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path HOME = Path.of("target/reference-server");
    private static final String[] FILES = {"package.json", "package-lock.json", "server.mjs"};

    private final Process process;
    private final URI url;

    private ReferenceServer(Process process, int port) {
        this.process = process;
        this.url = URI.create("http://127.0.0.1:" + port);
    }

    /** {@code settings} is a JSON object of the server's options. */
    static ReferenceServer start(String settings) throws IOException, InterruptedException {
        install();
        var process = new ProcessBuilder("node", "server.mjs", settings).directory(HOME.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String port = out.readLine();
        if (port == null) {
            throw new IOException("the reference server did not start");
        }
        return new ReferenceServer(process, Integer.parseInt(port));
    }

    URI url() {
        return url;
    }

    /** Stops the process, as a server that hangs: connections stay open without data. */
    void freeze() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    }

    /** As a crash: no farewell to anyone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void install() throws IOException, InterruptedException {
        Path lock = HOME.resolve("node_modules/.package-lock.json");
        boolean fresh = Files.exists(lock) && Files.mismatch(SOURCE.resolve("package-lock.json"),
                HOME.resolve("package-lock.json")) == -1;
        Files.createDirectories(HOME);
        for (String file : FILES) {
            Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!fresh) {
            var npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(HOME.resolve("npm.txt").toFile())
                    .start();
            if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new IOException("npm ci failed:\n" + Files.readString(HOME.resolve("npm.txt")));
            }
        }
    }
}
