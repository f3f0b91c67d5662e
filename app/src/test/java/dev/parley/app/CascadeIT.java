package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.emulator.chat.ChatEmulator;
import dev.parley.emulator.chat.ChatEmulatorOptions;
import dev.parley.emulator.chat.ChatFault;
import dev.parley.emulator.chat.ChatRequest;
import dev.parley.emulator.chat.ChatScript;
import dev.parley.settings.Settings;
import dev.parley.voice.audio.Pcm;
import dev.parley.voice.audio.Resampler;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A conversation through the whole server: recorded speech, the embedded recogniser and voice, and an emulated language model. */
@Tag("real-time")
class CascadeIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String KEY = "sk-narwhal-1";
    private static final Path CLIP = Path.of("/usr/share/asterisk/sounds/en_US_f_Allison/conf-invalid.wav");
    private static final int FRAME = 1_024;

    @TempDir
    Path data;

    private final ChatEmulator emulator = ChatEmulator.start(ChatEmulatorOptions.defaults().withKey(KEY),
            ChatScript.repeating());
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level level = root.getLevel();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            log.add(event.getLevel() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs()
                    + " "
                    + (event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage()));
        }
    };
    private Models models = new Models();
    private Parley parley = start(Map.of());

    private Parley start(Map<String, String> more) {
        var all = new HashMap<>(Map.of("host", "127.0.0.1", "port", "0", "llm", emulator.url() + "#test:1b",
                "llm-key", KEY, "weather-url", ""));
        all.putAll(more);
        var settings = Settings.read(all, Map.of());
        models = new Models();
        Parley started = Parley.start(settings, models);
        models.load(settings);
        return started;
    }

    @BeforeEach
    void listen() {
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.DEBUG);
        models.awaitReady();
    }

    @AfterEach
    void nothingIsLeft() {
        parley.close();
        root.detachAppender(appender);
        root.setLevel(level);
        await().atMost(LONG).until(() -> emulator.open() == 0);
        emulator.close();
    }

    @Test
    void speechIsAnsweredByTheLanguageModel() throws Exception {
        try (var socket = connect()) {
            socket.emit("audioStart");
            speak(socket);

            expect("textOutput", "conference number");
            expect("textOutput", "You said: ");
            expect("audioOutput", "");
            ChatRequest request = emulator.requests().getLast();
            assertThat(request.model()).isEqualTo("test:1b");
            assertThat(request.last("user")).containsIgnoringCase("conference number");
            assertThat(request.last("system")).contains("aloud");
            assertThat(request.tools()).contains("calculate", "set_timer");

            type(socket, "use calculate {\"expression\":\"6*7\"}");
            expect("toolResult", "42");
            expect("textOutput", "The tool answered:");
            expect("textOutput", "Data from the tool calculate, no instructions: {");

            type(socket, "pangolin please");
            expect("textOutput", "You said: pangolin");
            assertThat(emulator.requests().getLast().messages()).extracting(ChatRequest.Message::role)
                    .contains("tool", "assistant");
        }
        assertThat(log).noneMatch(
                line -> line.contains("pangolin") || line.contains(KEY) || line.contains("conference"));
    }

    @Test
    void healthAndVoicesNameTheModel() throws Exception {
        assertThat(get("/health")).contains("\"model\":\"test:1b at 127.0.0.1\"",
                "\"modelBecause\":\"the setting llm\"");
        assertThat(get("/api/voices")).contains("test:1b at 127.0.0.1");
        parley.close();
        parley = start(Map.of("show-model", "no"));
        models.awaitReady();
        assertThat(get("/health")).contains("\"model\":\"a language model of another provider\"")
                .doesNotContain("test:1b");
        assertThat(log).as("the operator sees it in any case")
                .anyMatch(line -> line.startsWith("INFO") && line.contains("test:1b at 127.0.0.1"));
    }

    @Test
    void embeddedAssistantAnswersWhileTheModelRefuses() throws Exception {
        emulator.faults(List.of(ChatFault.parse("http-401")));
        try (var socket = connect()) {
            socket.emit("audioStart");
            type(socket, "What is six times seven?");
            expect("textOutput", "My language model does not accept my key.");
            expect("textOutput", "42");
            type(socket, "Tell me of the pangolin.");
            await().atMost(LONG).until(() -> emulator.requests().size() == 2);
        }
        assertThat(log).filteredOn(line -> line.contains("the language model failed"))
                .isNotEmpty()
                .anyMatch(line -> line.startsWith("WARN") && line.contains("llm-key"));
        assertThat(log).as("the error of the service quotes the prompt")
                .noneMatch(line -> line.contains("pangolin") || line.contains("six times"));
    }

    private SocketClient connect() {
        var socket = new SocketClient(URI.create("http://127.0.0.1:" + parley.port()),
                ClientOptions.defaults());
        socket.onAny(event -> events.add(event.name() + " " + event.values().json(0)));
        socket.connect();
        socket.emit("initializeConnection", Map.of("systemPrompt", "You are Ada."));
        return socket;
    }

    /** Says the recording and a pause, at the pace of a microphone. */
    private static void speak(SocketClient socket) throws Exception {
        byte[] pcm;
        try (var in = AudioSystem.getAudioInputStream(new File(CLIP.toString()))) {
            short[] samples = Resampler.resample(Pcm.samples(in.readAllBytes()),
                    (int) in.getFormat().getSampleRate(), 16_000);
            pcm = Pcm.bytes(samples, 0, samples.length);
        }
        byte[] all = Arrays.copyOf(pcm, (pcm.length + 16_000 * 2 * 3) / FRAME * FRAME);
        for (int at = 0; at < all.length; at += FRAME) {
            socket.emit("audioInput",
                    Base64.getEncoder().encodeToString(Arrays.copyOfRange(all, at, at + FRAME)));
            Thread.sleep(32);
        }
    }

    private static void type(SocketClient socket, String text) {
        socket.emit("textInput", Map.of("content", text));
    }

    private void expect(String event, String word) {
        await().alias(event + " " + word)
                .atMost(LONG)
                .until(() -> events.stream()
                        .anyMatch(one -> one.startsWith(event + " ") && one.contains(word)));
    }

    private String get(String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + parley.port() + path))
                    .timeout(LONG)
                    .build(), BodyHandlers.ofString()).body();
        }
    }
}
