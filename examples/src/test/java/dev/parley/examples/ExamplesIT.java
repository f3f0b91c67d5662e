package dev.parley.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientException;
import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.server.SocketIoServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.ObjectMapper;

/** Runs the examples with real clients and checks the events that they receive. */
@Timeout(120)
class ExamplesIT {
    private static final String HERE = "127.0.0.1";
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void echoSendsBackAndAnswers() {
        try (var io = Echo.server(); var client = client(io.listen(HERE, 0), "")) {
            List<String> heard = new CopyOnWriteArrayList<>();
            client.on("hello", event -> heard.add(event.values().text(0)));
            client.connect();
            assertThat(client.call("hello", SOON, "world", 2).json(0).asInt()).isEqualTo(2);
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("world"));
        }
    }

    @Test
    void whatIsSaidInARoomIsHeardInIt() {
        SocketIoServer chat = Chat.server();
        int port = chat.listen(HERE, 0);
        try (chat;
                var ann = client(port, "Ann");
                var bob = client(port, "Bob");
                var eve = client(port, "Eve")) {
            List<String> heard = new CopyOnWriteArrayList<>();
            for (var client : Map.of("Ann", ann, "Bob", bob, "Eve", eve).entrySet()) {
                client.getValue()
                        .on("said", event -> heard.add(client.getKey() + " hears " + event.values().text(1)
                                + " say " + event.values().text(2)));
                client.getValue().connect();
            }
            ann.on("left", event -> heard.add(event.values().text(1) + " left"));
            ann.call("join", SOON, "tea");
            assertThat(bob.call("join", SOON, "tea").json(0).asInt()).isEqualTo(2);
            eve.emit("say", Map.of("room", "tea", "text", "let me in"));
            bob.emit("say", Map.of("room", "tea", "text", "hi"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(heard).containsExactlyInAnyOrder("Ann hears Bob say hi",
                            "Bob hears Bob say hi"));
            chat.of("/").to("tea").except(ann.id()).disconnectSockets(true);
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).contains("Bob left"));
        }
    }

    @Test
    void theChatWantsAName() {
        try (var io = Chat.server(); var nobody = client(io.listen(HERE, 0), "")) {
            assertThatThrownBy(nobody::connect).isInstanceOf(ClientException.class)
                    .hasMessageContaining("a name");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Echo", "Chat"})
    void portInUseEndsAnExample(String example) throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ended = run(example, Integer.toString(other.getLocalPort()));
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.output()).isEqualToIgnoringWhitespace(example.toLowerCase(Locale.ROOT)
                    + ": Port " + other.getLocalPort() + " is already in use. Choose another one.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"70000", "-1", "web"})
    void portOutOfRangeEndsAnExample(String port) throws Exception {
        var ended = run("Echo", port);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).isEqualToIgnoringWhitespace(
                "echo: the argument must be a port from 0 to 65535, but is \"" + port + "\"");
    }

    private static Ended run(String example, String port) throws Exception {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "dev.parley.examples." + example, port)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private record Ended(int code, String output) {}

    private static SocketClient client(int port, String name) {
        var auth = new ObjectMapper().createObjectNode().put("name", name);
        return new SocketClient(URI.create("http://127.0.0.1:" + port),
                ClientOptions.defaults().withAuth(auth));
    }
}
