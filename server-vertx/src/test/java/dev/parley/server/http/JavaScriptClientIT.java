package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published JavaScript clients, in each of their transport modes, hold every rule that the scripts in {@code src/test/js} list. */
@Tag("real-time")
class JavaScriptClientIT {
    private static final Path HERE = Path.of("target", "js").toAbsolutePath();
    private final TestServer server = TestServer.start(ServerOptions.builder().allowEIO3(true).build());

    @BeforeAll
    static void installTheClient() throws Exception {
        Files.createDirectories(HERE);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "peer.mjs", "peer2.mjs",
                "deflate.mjs", "admin.mjs")) {
            Files.copy(Path.of("src/test/js", file), HERE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(HERE.resolve("node_modules/socket.io-client-2/package.json"))) {
            assertThat(run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")).contains("added");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void holdsEveryRule(String mode) throws Exception {
        assertThat(run("node", "peer.mjs", server.url(), mode)).endsWith("all held\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade", "base64-polling", "base64-websocket"})
    void holdsEveryRuleOfTheEarlierLine(String mode) throws Exception {
        assertThat(run("node", "peer2.mjs", server.url(), mode)).endsWith("all held\n");
    }

    @Test
    void compressesForClientsThatOfferIt() throws Exception {
        var http = HttpOptions.builder().perMessageDeflate(1024).build();
        try (var deflating = TestServer.start(ServerOptions.builder().allowEIO3(true).build(), http)) {
            assertThat(run("node", "deflate.mjs", deflating.url(), "on")).endsWith("all held\n");
            assertThat(run("node", "peer.mjs", deflating.url(), "upgrade")).endsWith("all held\n");
            assertThat(run("node", "peer2.mjs", deflating.url(), "websocket")).endsWith("all held\n");
        }
        assertThat(run("node", "deflate.mjs", server.url(), "off")).endsWith("all held\n");
    }

    static String run(String... command) throws IOException, InterruptedException {
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
