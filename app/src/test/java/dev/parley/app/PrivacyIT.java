package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ClientOptions;
import dev.parley.client.SocketClient;
import dev.parley.emulator.Emulator;
import dev.parley.emulator.EmulatorOptions;
import dev.parley.emulator.Fault;
import dev.parley.emulator.ScriptedMind;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks a server's whole debug log after a conversation in which each kind of content contains a unique word. */
@Tag("real-time")
class PrivacyIT {

    private static final Duration LONG = Duration.ofMinutes(3);
    /** The classes of the MCP server of the tests of the module assistant. */
    private static final Path ECHO_SERVER = Path.of("../assistant/target/test-classes").toAbsolutePath();
    /** The address of the server, once its line is complete. */
    private static final Pattern ADDRESS = Pattern.compile("Parley is at (http://\\S+) ");
    private static final String TONE = tone();
    private static final String SILENCE = Base64.getEncoder().encodeToString(new byte[40 * 1_024]);

    /** Speech, prompt, greeting, typed text, arguments and result of a tool. */
    private static final List<String> SAID = List.of("hertz", "pangolin", "axolotl", "quokka", "narwhal",
            "cupboard");

    @TempDir
    Path folder;

    private final Emulator emulator = Emulator.start(EmulatorOptions.defaults(), ScriptedMind::new);
    private final List<Process> processes = new ArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
        emulator.close();
    }

    @Test
    void logContainsNothingOfAConversation() throws Exception {
        String log = logOfAConversation();

        assertThat(log).contains("connected").contains("an MCP server was lost").contains("DEBUG");
        assertThat(log).doesNotContainIgnoringCase("log-content");
        for (String word : SAID) {
            assertThat(log).doesNotContainIgnoringCase(word);
            for (String encoded : encoded(word)) {
                assertThat(log).doesNotContain(encoded);
            }
        }
        assertThat(log).as("what the service says of what it was sent").doesNotContain("zebrafish");
        assertThat(log).as("sound").doesNotContain(TONE.substring(0, 40));
    }

    @Test
    void logContainsContentAndAWarningWithLogContent() throws Exception {
        String log = logOfAConversation("--log-content", "true");

        assertThat(log.lines().filter(line -> line.contains("log-content is on"))).hasSize(1)
                .allMatch(line -> line.contains(" WARN "));
        assertThat(SAID).allSatisfy(word -> assertThat(log).containsIgnoringCase(word));
        assertThat(log).as("sound").doesNotContain(TONE.substring(0, 40));
    }

    private String logOfAConversation(String... more) throws Exception {
        Path log = folder.resolve("log");
        Process server = serve(log, more);
        await().atMost(LONG)
                .until(() -> text(log).contains("an MCP server is ready")
                        && ADDRESS.matcher(text(log)).find());
        var address = ADDRESS.matcher(text(log));
        assertThat(address.find()).isTrue();
        try (var socket = new SocketClient(URI.create(address.group(1)), ClientOptions.defaults())) {
            socket.onAny(event -> events.add(event.name() + " " + event.values().json(0)));
            socket.connect();
            converse(socket);
        }
        server.toHandle().destroy();
        assertThat(server.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return text(log);
    }

    private void converse(SocketClient socket) {
        socket.emit("initializeConnection", Map.of("persona", "keeper"));
        socket.emit("audioStart");
        expect("textOutput", "axolotl");
        // One event each: when a machine stands still between two pieces of a tone, the server puts silence there, and neither half is heard.
        socket.emit("audioInput", TONE);
        socket.emit("audioInput", SILENCE);
        expect("textOutput", "hertz");
        type(socket, "quokka marmalade");
        expect("textOutput", "You said: quokka");
        for (String tool : List.of("mcp__desk__echo", "mcp__desk__refuse", "calculate", "no_such_tool",
                "mcp__desk__die")) {
            int before = count("toolResult");
            type(socket, "use " + tool + " {\"text\":\"narwhal\",\"expression\":\"narwhal\"}");
            await().atMost(LONG).until(() -> count("toolResult") > before);
        }
        expect("toolResult", "cupboard");
        int next = emulator.streams() + 1;
        emulator.faults(List.of(Fault.parse("modelStreamErrorException:zebrafish quokka#" + next),
                Fault.parse("validationException:zebrafish quokka#" + (next + 1))));
        socket.emit("startNewChat");
        socket.emit("audioStart");
        type(socket, "quokka again");
        expect("error", "");
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

    private int count(String event) {
        return (int) events.stream().filter(one -> one.startsWith(event + " ")).count();
    }

    private Process serve(Path log, String... more) throws IOException {
        Path personas = Files.createDirectories(folder.resolve("personas"));
        Files.writeString(personas.resolve("keeper.yaml"), """
                name: Keeper
                prompt: You keep a pangolin.
                greeting: Say that the axolotl is well.
                """);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path mcp = Files.writeString(folder.resolve("mcp.json"), """
                {"mcpServers":{"desk":{"command":"%s","args":["-XX:TieredStopAtLevel=1","-cp","%s",
                 "dev.parley.assistant.mcp.EchoServer"]}}}
                """.formatted(java,
                System.getProperty("java.class.path") + File.pathSeparator + ECHO_SERVER));
        var command = new ArrayList<>(List.of(java, "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
                "-Xmx512m", "-cp", System.getProperty("java.class.path"), "dev.parley.app.Main", "serve",
                "--host", "127.0.0.1", "--port", "0", "--log-level", "debug", "--log-format", "text"));
        command.addAll(List.of("--model", "nova-sonic", "--nova-region", "us-east-1", "--nova-endpoint",
                "http://127.0.0.1:" + emulator.port(), "--personas", personas.toString(), "--mcp-config",
                mcp.toString(), "--data", folder.toString()));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PARLEY_") || name.startsWith("AWS_") || name.equals("PORT")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment()
                .putAll(Map.of("AWS_ACCESS_KEY_ID", "parley", "AWS_SECRET_ACCESS_KEY", "parley"));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** The base64 forms of a word at any position in a text, without the characters that depend on its neighbours. */
    private static List<String> encoded(String word) {
        return List.of("", "x", "xx").stream().map(before -> {
            byte[] bytes = (before + word).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            String all = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            return all.substring((before.length() * 8 + 5) / 6, bytes.length * 8 / 6);
        }).toList();
    }

    /** 384 ms of a tone. */
    private static String tone() {
        var pcm = new byte[12 * 1_024];
        for (int i = 0; i < pcm.length / 2; i++) {
            int sample = (int) (8_000 * Math.sin(i * 2 * Math.PI * 437.5 / 16_000));
            pcm[2 * i] = (byte) sample;
            pcm[2 * i + 1] = (byte) (sample >> 8);
        }
        return Base64.getEncoder().encodeToString(pcm);
    }
}
