package dev.parley.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published client under node, in a process of its own: see {@code client.mjs}. */
final class ScriptClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;

    ScriptClient(URI server, String transports, int count) throws IOException, InterruptedException {
        NodeJsServer.install();
        process = new ProcessBuilder("node", "client.mjs", server.toString(), transports,
                Integer.toString(count)).directory(Path.of("target/node").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Waits for what it prints at its end. */
    Report report() throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IOException("the client did not end");
        }
        var report = JSON.readTree(text);
        var got = new ArrayList<Integer>();
        report.path("got").forEach(each -> got.add(each.asInt()));
        return new Report(got, texts(report.path("said")), report.path("transport").asString());
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asString()));
        return texts;
    }

    /**
     * The events of the client.
     *
     * @param got       numbers of events, in order
     * @param said      connections, disconnections and errors, in order
     * @param transport at its end
     */
    record Report(List<Integer> got, List<String> said, String transport) {}

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
