package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientException;
import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import dev.parley.settings.Settings;
import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests conversations with the real server, the real client, and a scripted model. */
@Tag("real-time")
class ConversationIT {

    /** A long timeout, because a busy machine is slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CHUNK = Base64.getEncoder().encodeToString(new byte[1024]);

    private final FakeModel model = new FakeModel();
    private final List<Browser> browsers = new ArrayList<>();
    private Parley parley = start(Map.of());

    @BeforeAll
    static void useALongTimeout() {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    @AfterEach
    void close() {
        browsers.forEach(browser -> browser.socket.close());
        parley.close();
        // The close ends after four and a half seconds, on a busy machine before its parts have closed.
        await().until(() -> model.closed);
    }

    @ParameterizedTest
    @EnumSource
    void conversationWorksOverEachTransport(TransportMode mode) {
        var browser = talking(mode);
        FakeModel.Stream stream = model.streams.getFirst();
        if (mode == TransportMode.UPGRADE) {
            await().until(() -> browser.socket.transport().equals("websocket"));
        }

        for (int i = 0; i < 50; i++) {
            browser.socket.emit("audioInput", CHUNK);
        }
        browser.socket.emit("audioInput", (Object) new byte[1024]);
        await().untilAsserted(() -> assertThat(stream.audioBytes()).isEqualTo(51 * 1024));
        stream.say(new ModelEvent.UserText("u1", "hello"));
        stream.sayTheBeginning("Hello yourself.");

        await().until(() -> browser.heard("audioOutput"));
        assertThat(browser.events).anyMatch(event -> event.contains("\"hello\""))
                .anyMatch(event -> event.contains("Hello yourself."));
    }

    @Test
    void inputReachesTheModelInOrder() {
        var browser = new Browser(TransportMode.WEBSOCKET);
        browser.socket.emit("promptStart");
        browser.socket.emit("systemPrompt", "Be brief.");
        browser.socket.emit("audioStart");
        for (int i = 0; i < 100; i++) {
            browser.socket.emit("audioInput", Base64.getEncoder().encodeToString(new byte[]{(byte) i, 0}));
        }
        browser.socket.emit("stopAudio");
        await().until(() -> browser.heard("sessionClosed"));

        var commands = model.streams.getFirst().commands;
        assertThat(commands).hasSize(102).first().isEqualTo(new ModelCommand.SystemPrompt("Be brief."));
        assertThat(commands).last().isEqualTo(new ModelCommand.Close());
        assertThat(commands.stream()
                .filter(ModelCommand.Audio.class::isInstance)
                .map(command -> (int) ((ModelCommand.Audio) command).pcm()[0])).isSorted();
    }

    @Test
    void concurrentConversationsAreSeparate() {
        var one = talking(TransportMode.WEBSOCKET);
        var other = talking(TransportMode.POLLING);

        model.streams.get(0).say(new ModelEvent.UserText("u", "from the first"));
        model.streams.get(1).say(new ModelEvent.UserText("u", "from the second"));

        await().until(() -> one.heard("textOutput") && other.heard("textOutput"));
        assertThat(one.events.toString()).contains("from the first").doesNotContain("from the second");
        assertThat(other.events.toString()).contains("from the second").doesNotContain("from the first");
    }

    @ParameterizedTest
    @EnumSource
    void closedPageReleasesItsConversation(TransportMode mode) {
        var browser = talking(mode);
        FakeModel.Stream stream = model.streams.getFirst();
        stream.say(new ModelEvent.ToolCall("t1", "set_timer", "{\"seconds\":3600}"));
        stream.sayTheBeginning("It is a long");
        await().until(() -> browser.heard("audioOutput") && parley.pendingAlarms() >= 2);

        browser.socket.close();

        await().untilAsserted(() -> assertThat(parley.calls().openCalls()).isZero());
        assertThat(parley.calls().openStreams()).isZero();
        assertThat(parley.pendingAlarms()).isZero();
        assertThat(stream.commands).last().isEqualTo(new ModelCommand.Close());
        await().untilAsserted(() -> assertThat(parley.sessions()).isZero());
    }

    @Test
    void invalidInputGetsAnErrorAndTheSessionContinues() {
        restart(Map.of("max-http-buffer-size", "20MB"));
        var browser = new Browser(TransportMode.WEBSOCKET);
        List<Runnable> mistakes = List.of(() -> browser.socket.emit("audioInput", CHUNK),
                () -> browser.socket.emit("textInput", Map.of("content", "hi")),
                () -> browser.socket.emit("audioInput", "*** not base64 ***"),
                () -> browser.socket.emit("audioInput",
                        Base64.getEncoder().encodeToString(new byte[10_000_000])),
                () -> browser.socket.emit("systemPrompt", 42), () -> browser.socket.emit("textInput"));
        for (int i = 0; i < mistakes.size(); i++) {
            int before = browser.count("error");
            mistakes.get(i).run();
            await().until(() -> browser.count("error") > before);
        }
        browser.socket.emit("nonsense", Map.of());
        browser.socket.emit("stopAudio");

        browser.begin();

        await().until(() -> browser.heard("audioReady"));
        assertThat(browser.socket.connected()).isTrue();
    }

    @Test
    void tenMegabytesOfBinaryAudioGetAnError() {
        restart(Map.of("max-http-buffer-size", "20MB"));
        var browser = talking(TransportMode.WEBSOCKET);

        browser.socket.emit("audioInput", (Object) new byte[10_000_000]);

        await().until(() -> browser.heard("error"));
        assertThat(browser.socket.connected()).isTrue();
        assertThat(model.streams.getFirst().audioBytes()).isZero();
    }

    @Test
    void messageOverTheLimitEndsOnlyItsConnection() {
        var browser = new Browser(TransportMode.WEBSOCKET);
        assertThat(browser.socket.handshake().maxPayload()).hasValue(1_000_000);

        try {
            browser.socket.emit("audioInput", Base64.getEncoder().encodeToString(new byte[10_000_000]));
        } catch (ClientException refusedByTheClientItself) {
            assertThat(refusedByTheClientItself).hasMessageContaining("1");
            return;
        }

        await().until(() -> !browser.socket.connected());
        assertThat(talking(TransportMode.WEBSOCKET).socket.connected()).isTrue();
    }

    @Test
    void otherOriginIsRejectedUnlessAllowed() {
        var foreign = ClientOptions.defaults().withHeaders(Map.of("Origin", "https://other.example"));
        try (var socket = new SocketClient(address(), foreign)) {
            assertThatThrownBy(socket::connect).isInstanceOf(ClientException.class);
        }

        restart(Map.of("allowed-origins", "https://other.example"));

        try (var socket = new SocketClient(address(), foreign)) {
            socket.connect();
            assertThat(socket.connected()).isTrue();
        }
    }

    @Test
    void closingTheServerEndsConversations() {
        var browser = talking(TransportMode.WEBSOCKET);
        talking(TransportMode.POLLING);

        parley.close();

        await().untilAsserted(() -> assertThat(parley.calls().openCalls()).isZero());
        assertThat(model.streams)
                .allSatisfy(stream -> assertThat(stream.told(new ModelCommand.Close())).isTrue());
        await().until(() -> !browser.socket.connected());
    }

    private Parley start(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("host", "127.0.0.1", "port", "0", "max-conversations-per-address",
                "0", "max-starts-per-minute", "0"));
        settings.putAll(more);
        return Parley.start(Settings.read(settings, Map.of()), new Models(
                CompletableFuture.completedFuture(model), CompletableFuture.completedFuture(null)));
    }

    private void restart(Map<String, String> more) {
        parley.close();
        parley = start(more);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + parley.port());
    }

    private Browser talking(TransportMode mode) {
        int before = model.streams.size();
        var browser = new Browser(mode);
        browser.begin();
        await().until(() -> model.streams.size() == before + 1 && browser.heard("audioReady"));
        return browser;
    }

    private final class Browser {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final SocketClient socket;

        private Browser(TransportMode mode) {
            socket = new SocketClient(address(), ClientOptions.defaults().withMode(mode));
            socket.onAny(event -> events.add(event.name() + " " + event.values().json(0)));
            socket.connect();
            browsers.add(this);
        }

        private void begin() {
            var answer = socket.call("initializeConnection", PATIENCE);
            assertThat(answer.json(0).path("success").booleanValue()).isTrue();
            socket.emit("promptStart");
            socket.emit("systemPrompt");
            socket.emit("audioStart");
        }

        private boolean heard(String event) {
            return count(event) > 0;
        }

        private int count(String event) {
            return (int) events.stream().filter(one -> one.startsWith(event + " ")).count();
        }
    }
}
