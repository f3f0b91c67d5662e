package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import dev.parley.settings.Settings;
import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A front end that keeps its audio sends what did not arrive on another connection, with the real server and client. */
@Tag("real-time")
class ReplayIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final FakeModel model = new FakeModel();
    private final List<FrontEnd> opened = new ArrayList<>();
    private final Parley parley = Parley.start(
            Settings.read(Map.of("host", "127.0.0.1", "port", "0"), Map.of()),
            new Models(CompletableFuture.completedFuture(model), CompletableFuture.completedFuture(null)));

    @AfterEach
    void close() {
        opened.forEach(frontEnd -> frontEnd.socket.close());
        parley.close();
    }

    @ParameterizedTest
    @EnumSource
    void eachPieceReachesTheModelOnceAndInOrder(TransportMode mode) {
        var first = new FrontEnd(mode);
        JsonNode offered = first.resume(true);
        assertThat(offered.path("audio").path("count").longValue()).isZero();
        first.socket.emit("audioStart");
        IntStream.range(0, 40).forEach(first::speak);
        await().atMost(LONG).until(() -> heard().size() == 40);

        var back = new FrontEnd(mode);
        offered = back.resume(offered.path("token").stringValue());
        assertThat(offered.path("resumed").booleanValue()).isTrue();
        int arrived = offered.path("audio").path("count").intValue();
        assertThat(arrived).isEqualTo(40);
        IntStream.range(arrived, 500).forEach(back::speakAgain);
        IntStream.range(500, 510).forEach(back::speak);

        await().atMost(LONG).until(() -> heard().size() >= 510);
        assertThat(heard()).containsExactlyElementsOf(IntStream.range(0, 510).boxed().toList());
        assertThat(model.streams).hasSize(1);
    }

    @Test
    void audioIsConfirmedWhileItArrives() {
        var frontEnd = new FrontEnd(TransportMode.WEBSOCKET);
        frontEnd.initialize(Map.of("replay", true));
        frontEnd.socket.emit("audioStart");

        await().atMost(LONG).until(() -> {
            frontEnd.speak(1);
            return frontEnd.events.stream().filter(event -> event.startsWith("audioReceived")).count() >= 3;
        });

        assertThat(frontEnd.events).filteredOn(event -> event.startsWith("audioReceived"))
                .allMatch(event -> event.contains("\"lost\":0"));
        assertThat(frontEnd.events).noneMatch(event -> event.startsWith("conversation"));
    }

    /** Returns the pieces that reached the model, by their numbers. */
    private List<Integer> heard() {
        return model.streams.stream()
                .flatMap(stream -> stream.commands.stream())
                .filter(ModelCommand.Audio.class::isInstance)
                .map(command -> number(((ModelCommand.Audio) command).pcm()))
                .toList();
    }

    private static int number(byte[] pcm) {
        return (pcm[0] & 0xFF) | (pcm[1] & 0xFF) << 8;
    }

    private static byte[] piece(int number) {
        byte[] pcm = new byte[1024];
        pcm[0] = (byte) number;
        pcm[1] = (byte) (number >> 8);
        return pcm;
    }

    private final class FrontEnd {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final CompletableFuture<JsonNode> offered = new CompletableFuture<>();
        private final SocketClient socket;

        private FrontEnd(TransportMode mode) {
            socket = new SocketClient(URI.create("http://127.0.0.1:" + parley.port()),
                    ClientOptions.defaults().withMode(mode));
            socket.onAny(event -> {
                events.add(event.name() + " " + event.values().json(0));
                if (event.name().equals("conversation")) {
                    offered.complete(event.values().json(0));
                }
            });
            socket.connect();
            opened.add(this);
        }

        private void initialize(Map<String, Object> wanted) {
            assertThat(
                    socket.call("initializeConnection", LONG, wanted).json(0).path("success").booleanValue())
                    .isTrue();
        }

        /** Begins or goes on with a conversation, and returns what the server offers. */
        private JsonNode resume(Object resume) {
            initialize(Map.of("resume", resume, "replay", true, "received", 0));
            return offered.join();
        }

        private void speak(int number) {
            socket.emit("audioInput", Base64.getEncoder().encodeToString(piece(number)));
        }

        /** Sends every other piece as an attachment. */
        private void speakAgain(int number) {
            byte[] pcm = piece(number);
            Object sound = number % 2 == 0 ? pcm : Base64.getEncoder().encodeToString(pcm);
            socket.emit("audioInput", sound, Map.of("replayed", true));
        }
    }
}
