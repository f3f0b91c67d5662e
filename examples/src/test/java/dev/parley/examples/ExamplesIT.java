package dev.parley.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientException;
import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.server.SocketIoServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

/** The examples do what they say. */
class ExamplesIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void echoSendsBackAndAnswers() {
        try (var listening = Listening.on(0, Echo.server()); var client = client(listening, "")) {
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
        try (var listening = Listening.on(0, chat);
                var ann = client(listening, "Ann");
                var bob = client(listening, "Bob");
                var eve = client(listening, "Eve")) {
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
        try (var listening = Listening.on(0, Chat.server()); var nobody = client(listening, "")) {
            assertThatThrownBy(nobody::connect).isInstanceOf(ClientException.class)
                    .hasMessageContaining("a name");
        }
    }

    private static SocketClient client(Listening listening, String name) {
        var auth = new ObjectMapper().createObjectNode().put("name", name);
        return new SocketClient(URI.create("http://127.0.0.1:" + listening.port()),
                ClientOptions.defaults().withAuth(auth));
    }
}
