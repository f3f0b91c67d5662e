package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.calls.state.CallState;
import dev.parley.calls.state.CallStateCodec;
import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import dev.parley.cluster.ClusterOptions;
import dev.parley.cluster.ClusterScript;
import dev.parley.cluster.ParleyCluster;
import dev.parley.cluster.store.ValueCipher;
import dev.parley.settings.Settings;
import dev.parley.testing.FakeModel;
import dev.parley.testing.RedisServer;
import dev.parley.voice.Continuation.Line;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A front end goes on with its conversation at another server of a cluster. Needs the program redis-server. */
class MovedConversationIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final ClusterScript GET = ClusterScript
            .of("local value = redis.call('GET', KEYS[1]) return value and {value} or {}");

    private final FakeModel firstModel = new FakeModel();
    private final FakeModel secondModel = new FakeModel();
    private final List<FrontEnd> opened = new ArrayList<>();
    private RedisServer redis;
    private ParleyCluster observer;
    private Parley first;
    private Parley second;

    @BeforeEach
    void start() throws Exception {
        redis = new RedisServer();
        first = server(firstModel);
        second = server(secondModel);
        observer = ParleyCluster.join(redis.url(), ClusterOptions.defaults());
    }

    @AfterEach
    void stop() throws Exception {
        opened.forEach(frontEnd -> frontEnd.socket.close());
        first.close();
        second.close();
        observer.close();
        redis.stop();
    }

    private Parley server(FakeModel model) {
        return Parley.start(
                Settings.read(Map.of("host", "127.0.0.1", "port", "0", "redis-url", redis.url()),
                        Map.of("PARLEY_CLUSTER_SECRET", SECRET)),
                new Models(CompletableFuture.completedFuture(model),
                        CompletableFuture.completedFuture(null)));
    }

    @ParameterizedTest
    @EnumSource
    void conversationMovesBeforeItsServerNoticesTheLoss(TransportMode mode) {
        var there = new FrontEnd(first, mode);
        String token = there.begin();
        exchange(firstModel, "My name is Ada.", "Hello Ada.");
        there.awaitAnswer("Hello Ada.");
        await().atMost(LONG)
                .until(() -> stored(token).filter(state -> says(state, "Hello Ada.")).isPresent());

        var here = new FrontEnd(second, mode);
        JsonNode offered = here.resume(token, there.received());

        assertThat(offered.path("resumed").booleanValue()).isTrue();
        assertThat(offered.path("token").stringValue()).isEqualTo(token);
        await().atMost(LONG).until(() -> !secondModel.streams.isEmpty());
        assertThat(secondModel.streams.getFirst().settings.continues().lines())
                .containsExactly(new Line(true, "My name is Ada."), new Line(false, "Hello Ada."));
        exchange(secondModel, "What is my name?", "Ada.");
        await().atMost(LONG).until(() -> here.events.stream().anyMatch(event -> event.contains("\"Ada.\"")));
        assertThat(here.events).noneMatch(event -> event.contains("Hello Ada."));
        await().atMost(LONG).until(() -> first.calls().openCalls() == 0); // it has noticed
        assertThat(firstModel.streams.getFirst().told(new ModelCommand.Close())).isTrue();
        assertThat(second.calls().openCalls()).isEqualTo(1);
    }

    @Test
    void conversationGoesOnWhenItsServerIsStopped() {
        var there = new FrontEnd(first, TransportMode.WEBSOCKET);
        String token = there.begin();
        exchange(firstModel, "My name is Ada.", "Hello Ada.");
        there.awaitAnswer("Hello Ada.");

        first.close();
        await().atMost(LONG)
                .until(() -> stored(token).filter(state -> says(state, "Hello Ada.")).isPresent());
        var here = new FrontEnd(second, TransportMode.WEBSOCKET);

        assertThat(here.resume(token, there.received()).path("resumed").booleanValue()).isTrue();
        await().atMost(LONG).until(() -> !secondModel.streams.isEmpty());
        assertThat(secondModel.streams.getFirst().settings.continues().lines()).hasSize(2);
    }

    @Test
    void endedConversationIsNotKept() {
        var there = new FrontEnd(first, TransportMode.WEBSOCKET);
        String token = there.begin();
        await().atMost(LONG).until(() -> stored(token).isPresent());

        there.socket.emit("stopAudio");
        await().atMost(LONG).until(() -> stored(token).isEmpty());

        var here = new FrontEnd(second, TransportMode.WEBSOCKET);
        JsonNode offered = here.resume(token, there.received());
        assertThat(offered.path("resumed").booleanValue()).isFalse();
        assertThat(offered.path("token").stringValue()).isNotEqualTo(token);
    }

    private static void exchange(FakeModel model, String question, String answer) {
        await().atMost(LONG).until(() -> !model.streams.isEmpty());
        var stream = model.streams.getLast();
        stream.say(new ModelEvent.UserText("u" + question, question));
        stream.say(new ModelEvent.AssistantText("a" + answer, Stage.SPECULATIVE, answer,
                StopReason.PARTIAL_TURN));
        stream.say(new ModelEvent.Audio("a" + answer, new byte[960]));
        stream.say(new ModelEvent.AudioEnd("a" + answer, StopReason.END_TURN));
        stream.say(new ModelEvent.AssistantText("a" + answer, Stage.FINAL, answer, StopReason.END_TURN));
    }

    private static boolean says(CallState state, String text) {
        return state.conversation().turns().all().stream().anyMatch(turn -> turn.texts().contains(text));
    }

    /** Returns the state in Redis. */
    private Optional<CallState> stored(String token) throws Exception {
        String name = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        var scripts = observer.scripts();
        var value = scripts.run(GET, List.of(scripts.key("conversation:" + name, "state")), List.of())
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        byte[] encrypted = Base64.getDecoder().decode(value.getFirst());
        var cipher = new ValueCipher(List.of(SECRET.getBytes(StandardCharsets.UTF_8)), "conversations");
        return Optional.of(CallStateCodec.decode(cipher.decrypt(name, encrypted).orElseThrow()));
    }

    private final class FrontEnd {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final CompletableFuture<JsonNode> offered = new CompletableFuture<>();
        private final SocketClient socket;

        private FrontEnd(Parley server, TransportMode mode) {
            socket = new SocketClient(URI.create("http://127.0.0.1:" + server.port()),
                    ClientOptions.defaults().withMode(mode));
            socket.onAny(event -> {
                if (event.name().equals("conversation")) {
                    offered.complete(event.values().json(0));
                } else {
                    events.add(event.name() + " " + event.values().json(0));
                }
            });
            socket.connect();
            opened.add(this);
        }

        /** Begins a conversation and returns its token. */
        private String begin() {
            JsonNode offer = initialize(Map.of("resume", true));
            socket.emit("promptStart");
            socket.emit("systemPrompt", "Be brief.");
            socket.emit("audioStart");
            await().atMost(LONG)
                    .until(() -> events.stream().anyMatch(event -> event.startsWith("audioReady")));
            return offer.path("token").stringValue();
        }

        private JsonNode resume(String token, int received) {
            return initialize(Map.of("resume", token, "received", received));
        }

        private JsonNode initialize(Map<String, Object> wanted) {
            var call = socket.call("initializeConnection", LONG, new HashMap<>(wanted));
            assertThat(call.json(0).path("success").booleanValue()).isTrue();
            return offered.join();
        }

        /** Waits for an answer's text, which comes before and after its sound. */
        private void awaitAnswer(String text) {
            await().atMost(LONG)
                    .until(() -> events.stream()
                            .filter(event -> event.startsWith("textOutput") && event.contains(text))
                            .count() == 2);
        }

        private int received() {
            return events.size();
        }
    }
}
