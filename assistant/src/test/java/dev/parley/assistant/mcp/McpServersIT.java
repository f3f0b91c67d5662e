package dev.parley.assistant.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes and real HTTP, through the SDK. */
@Tag("real-time")
class McpServersIT {

    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    private McpServers servers = McpServers.start(List.of(), answeringWithin(60));

    @AfterEach
    void nothingIsLeftRunning() {
        servers.close();
        // A process that was ended by force takes a moment to be gone.
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(ProcessHandle::isAlive)
                        .filter(one -> one.info()
                                .commandLine()
                                .orElse("")
                                .contains(EchoServer.class.getName())))
                        .isEmpty());
    }

    @Test
    void offersAndCallsTheToolsOfAProcess() {
        start(EchoServer.process("desk"));

        assertThat(servers.tools()).extracting(tool -> tool.spec().name())
                .contains("mcp__desk__echo", "mcp__desk__die")
                .allMatch(name -> name.matches("[A-Za-z0-9_-]{1,64}"));
        assertThat(servers.tools().getFirst().spec().inputSchema()).contains("\"text\"");
        assertThat(servers.tools()).filteredOn(tool -> tool.spec().readOnly())
                .extracting(tool -> tool.spec().name())
                .containsExactly("mcp__desk__echo");
        assertThat(call("mcp__desk__echo", "{\"text\":\"hello\"}"))
                .isEqualTo("{\"result\":\"hello s3cret null\"}");
        assertThat(call("mcp__desk__refuse", "{}")).isEqualTo("{\"error\":\"The cupboard is empty.\"}");
        assertThat(call("mcp__desk__flood", "{}")).hasSizeGreaterThan(1_000_000);
        assertThat(servers.status()).hasSize(1)
                .first()
                .asString()
                .contains("stdio", "ready")
                .doesNotContain("s3cret");
    }

    @Test
    void offersAndCallsToolsOfAnHttpServer() throws IOException {
        try (var web = new EchoServer.Web()) {
            start(new ServerSpec.Http("web", web.address(), Map.of("Authorization", "Bearer t0ken")));

            assertThat(call("mcp__web__echo", "{\"text\":\"hello\"}")).startsWith("{\"result\":\"hello ");
            assertThat(call("mcp__web__flood", "{}")).hasSizeGreaterThan(1_000_000);
            assertThat(web.authorizations).isNotEmpty().containsOnly("Bearer t0ken");
            servers.close();
        }
    }

    @Test
    void serverThatDiesIsReportedAndRestarted() {
        start(EchoServer.process("desk"));

        assertThat(call("mcp__desk__die", "{}"))
                .isEqualTo("{\"error\":\"That tool cannot be reached at the moment.\"}");

        await().atMost(LONG)
                .until(() -> servers.status().getFirst().restarts() == 1 && !servers.tools().isEmpty());
        assertThat(call("mcp__desk__echo", "{\"text\":\"again\"}")).contains("again");
    }

    @Test
    void serverWithAnEndlessLineIsRestarted() {
        start(EchoServer.process("desk"));

        assertThat(call("mcp__desk__burst", "{}")).contains("cannot be reached");

        await().atMost(LONG).until(() -> servers.status().getFirst().restarts() == 1);
    }

    @Test
    void serverSilentTwiceIsRestarted() throws IOException {
        Path over = folder.resolve("over");
        servers = McpServers.start(List.of(heldOpenUntil(over, EchoServer.process("desk"))),
                answeringWithin(8));
        await().atMost(LONG).until(() -> !servers.tools().isEmpty());
        // On a busy machine it may have taken more than one start.
        int before = servers.status().getFirst().restarts();
        assertThat(call("mcp__desk__hang", "{}")).contains("cannot be reached");
        assertThat(call("mcp__desk__hang", "{}")).contains("cannot be reached");
        await().atMost(LONG).until(() -> servers.status().getFirst().restarts() > before);
        await().atMost(LONG).until(() -> !servers.tools().isEmpty());
        int restarts = servers.status().getFirst().restarts();

        assertThat(readers()).as("the output of the first process is still open").isGreaterThan(1);
        // The output of the first process ends, which has nothing to do with the second one.
        Files.createFile(over);
        await().atMost(LONG).until(() -> readers() == 1);
        assertThat(call("mcp__desk__echo", "{\"text\":\"again\"}")).contains("again");
        assertThat(servers.status().getFirst().restarts()).isEqualTo(restarts);
    }

    @Test
    void serverThatNeverStartsIsGivenUp() {
        servers = McpServers.start(
                List.of(EchoServer.process("desk", "dead"),
                        new ServerSpec.Stdio("none", List.of("/no/such/program"), Map.of())),
                answeringWithin(3));

        await().atMost(LONG)
                .until(() -> servers.status()
                        .stream()
                        .allMatch(one -> one.state().equals("failed") && one.restarts() == 2));
        assertThat(servers.tools()).isEmpty();
    }

    private void start(ServerSpec spec) {
        servers = McpServers.start(List.of(spec), answeringWithin(60));
        await().atMost(LONG).until(() -> !servers.tools().isEmpty());
    }

    /** The output of the first process stays open until the file exists, or for five minutes: another one, which the first has left behind, holds it. */
    private static ServerSpec.Stdio heldOpenUntil(Path file, ServerSpec.Stdio spec) {
        var command = new ArrayList<>(List.of("sh", "-c",
                """
                        if mkdir "$0" 2>/dev/null; then
                            ( (n=0; while [ -d "$0" ] && [ ! -e "$1" ] && [ $n -lt 3000 ]; do sleep 0.1; n=$((n + 1)); done) & )
                        fi
                        shift
                        exec "$@"
                        """,
                file + ".held", file.toString()));
        command.addAll(spec.command());
        return new ServerSpec.Stdio(spec.name(), command, spec.environment());
    }

    /** The number of threads that read the output of a process. */
    private static long readers() {
        return Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter(thread -> thread.getName().equals("mcp-read-desk"))
                .count();
    }

    private static McpOptions answeringWithin(int seconds) {
        return new McpOptions(Duration.ofSeconds(seconds), Duration.ofMillis(50), 2, Duration.ofMinutes(1),
                Duration.ofSeconds(60));
    }

    private String call(String tool, String arguments) {
        return ToolRunner.run(servers.tools(), tool, arguments,
                new ToolContext(InstantSource.system(), ZoneOffset.UTC));
    }
}
