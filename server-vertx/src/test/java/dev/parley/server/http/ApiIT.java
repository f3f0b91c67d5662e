package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.BroadcastOperator;
import dev.parley.server.Namespace;
import dev.parley.server.RefusedException;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.parser.MessagePackParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The published JavaScript client, in each of its transport modes, sees what the API promises: {@code src/test/js-api}. */
@Tag("real-time")
class ApiIT {
    /** At most, if the client does not come back: fewer than are kept for it. */
    private static final int MISSED = 3_000;
    private final TestServer server = TestServer
            .start(ServerOptions.builder().cleanupEmptyChildNamespaces(true).build());
    private final BlockingQueue<List<Object>> farewells = new LinkedBlockingQueue<>();

    @BeforeAll
    static void installTheClient() throws Exception {
        NodeScripts.API.install();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void holdsEveryRule(String mode) throws Exception {
        server.io.of("/rooms").onConnection(this::rooms);
        guarded(server.io.of("/guarded"));
        server.io.of("/faulty").use(socket -> {
            throw new IllegalStateException("a secret");
        });
        server.io.of(Pattern.compile("/dynamic-\\d+")).onConnection(ApiIT::named);
        server.io.of(
                (name, handshake) -> name.equals("/tenant/" + credential(handshake.credentials(), "tenant")))
                .onConnection(ApiIT::named);
        server.io.of("/typed").onConnection(ApiIT::typed);
        List<String> made = new CopyOnWriteArrayList<>();
        server.io.onNamespace(namespace -> made.add(namespace.name()));
        assertThat(NodeScripts.API.node("rules.mjs", server.url(), mode)).endsWith("all held\n");
        assertThat(made).containsExactly("/dynamic-7", "/tenant/acme");
        Awaitility.await().untilAsserted(() -> {
            server.io.of("/dynamic-7");
            assertThat(made).as("the empty one was cleaned up, so it is made again").hasSize(3);
        });
        Awaitility.await()
                .untilAsserted(() -> assertThat(server.io.of("/rooms").adapter().rooms())
                        .as("no room is left behind")
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void recoveredClientReceivesRoomsDataAndMissedEvents(String mode) throws Exception {
        var options = ServerOptions.builder().connectionStateRecovery(RecoveryOptions.defaults()).build();
        try (var recovering = TestServer.start(options)) {
            recovering.io.of("/recover").use(ApiIT::onlyOnce).onConnection(ApiIT::countOn);
            assertThat(NodeScripts.API.node("recovery.mjs", recovering.url(), mode)).endsWith("all held\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void speaksMessagePack(String mode) throws Exception {
        var options = ServerOptions.builder().parser(new MessagePackParser()).build();
        try (var packed = TestServer.start(options)) {
            assertThat(NodeScripts.API.node("msgpack.mjs", packed.url(), mode)).endsWith("all held\n");
        }
    }

    private static void onlyOnce(Socket socket) {
        socket.data().merge("entered", 1, (a, b) -> (int) a + (int) b);
    }

    private static void countOn(Socket socket) {
        socket.data().putIfAbsent("name", "Ann");
        var numbers = (Numbers) socket.data()
                .computeIfAbsent("numbers", key -> new Numbers(socket.namespace().to("red")));
        socket.on("join", event -> {
            socket.join(event.text(0));
            event.ack();
        });
        socket.on("count", event -> {
            for (int i = 0; i < event.json(0).asInt(); i++) {
                numbers.next();
            }
            event.ack();
        });
        socket.on("enough", event -> {
            numbers.enough.countDown();
            numbers.ended.await();
            event.ack();
        });
        socket.on("state",
                event -> event.ack(Map.of("recovered", socket.recovered(), "name", socket.data().get("name"),
                        "rooms", new TreeSet<>(socket.rooms()), "entered", socket.data().get("entered"))));
        socket.onDisconnect(reason -> {
            // Goes on while the client comes back: each number is either made up for or delivered, never both.
            int count = 0;
            do {
                numbers.next();
                socket.namespace().to(socket.id()).except("blue").emit("other");
                LockSupport.parkNanos(1_000_000);
            } while (++count < MISSED && numbers.enough.getCount() > 0);
            numbers.ended.countDown();
        });
    }

    /** Sends numbers to the members of a room, one after the other. */
    private static final class Numbers {
        private final BroadcastOperator room;
        private final CountDownLatch enough = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private int count;

        Numbers(BroadcastOperator room) {
            this.room = room;
        }

        synchronized void next() {
            room.emit("n", count++);
        }
    }

    private void rooms(Socket socket) {
        socket.on("join", event -> {
            for (int i = 0; i < event.size(); i++) {
                socket.join(event.text(i));
            }
            event.ack();
        });
        socket.on("settle", event -> event.ack());
        socket.on("say", event -> {
            var rooms = event.as(0, String[].class);
            server.io.of("/rooms").to(rooms).emit("said", event.json(1));
            event.ack();
        });
        socket.on("ask-room", event -> {
            var replies = server.io.of("/rooms")
                    .to(event.text(0))
                    .call(Duration.ofMillis(event.json(2).asInt()), "question", event.json(1));
            var answers = replies.replies().stream().map(reply -> reply.json(0).asInt()).sorted().toList();
            event.ack(List.of(answers, replies.expected()));
        });
        socket.on("next-farewell", event -> event.ack(farewells.poll(60, TimeUnit.SECONDS)));
        socket.on("kick", event -> server.io.of("/rooms").in(event.text(0)).disconnectSockets(false));
        List<Object> farewell = new ArrayList<>();
        socket.onDisconnecting(reason -> {
            var rooms = new TreeSet<>(socket.rooms());
            rooms.remove(socket.id());
            farewell.addAll(List.of(reason, rooms));
        });
        socket.onDisconnect(reason -> {
            farewell.add(socket.rooms().size());
            farewells.add(farewell);
        });
    }

    private static void guarded(Namespace namespace) {
        namespace.use(socket -> {
            String token = credential(socket.handshake().credentials(), "token");
            if (!token.equals("right")) {
                throw new RefusedException("not you", Map.of("code", 42));
            }
            socket.data().put("token", token);
        });
        namespace.onConnection(socket -> {
            List<String> errors = new ArrayList<>();
            socket.onError((event, failure) -> errors.add(event + ": " + failure.getMessage()));
            socket.use(event -> {
                if (event.name().equals("blocked")) {
                    throw new IllegalStateException("may not");
                }
                return true;
            });
            socket.on("blocked", event -> event.ack());
            socket.on("errors", event -> event.ack(String.join(", ", errors)));
            socket.on("who", event -> event.ack(List.of(socket.data().get("token"),
                    socket.handshake().secure(), socket.handshake().address().equals("127.0.0.1"))));
        });
    }

    private static void named(Socket socket) {
        socket.on("name", event -> event.ack(socket.namespace().name()));
    }

    private static void typed(Socket socket) {
        socket.on("move", event -> {
            var move = event.bind(Move.class);
            event.ack(move.steps + " " + move.who.name + " " + move.who.tags);
        });
        socket.on("user", Person.class, (person, event) -> event.ack(person.name));
        socket.onError((event, failure) -> socket.emit("rejected", event));
        socket.once("once", event -> event.ack());
    }

    private static String credential(Optional<JsonNode> auth, String name) {
        return auth.map(given -> given.path(name).asString("")).orElse("");
    }

    record Person(String name, List<String> tags) {}

    record Move(int steps, Person who) {}
}
