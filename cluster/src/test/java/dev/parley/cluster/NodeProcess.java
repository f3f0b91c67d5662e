package dev.parley.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which can be killed. Ends when its standard input does. */
final class NodeProcess implements AutoCloseable {
    private final Process process;
    private final URI url;

    NodeProcess(String redisUrl, String prefix, AnyNodeIT.Way way) throws IOException {
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                NodeProcess.class.getName(), redisUrl, prefix, way.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !line.startsWith("http://")) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException("the server did not start");
        }
        url = URI.create(line);
        Thread.ofVirtual().start(() -> output.lines().forEach(text -> {}));
    }

    URI url() {
        return url;
    }

    /** The processor time that it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it, as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Options of a server of the tests. */
    static ClusterOptions options(String prefix, AnyNodeIT.Way way) {
        var options = ParleyNode.options()
                .prefix(prefix)
                .secrets("a secret of the tests, which is long enough");
        if (way == AnyNodeIT.Way.DIRECT) {
            options.nodeAddress("127.0.0.1:0").nodeListener("127.0.0.1:0");
        }
        return options.build();
    }

    /** Runs a server. */
    public static void main(String[] args) throws IOException {
        var node = new ParleyNode(args[0], options(args[1], AnyNodeIT.Way.valueOf(args[2])), "process");
        System.out.println(node.url());
        while (System.in.read() >= 0) {
            // Wait for the end.
        }
        node.close();
        System.exit(0);
    }
}
