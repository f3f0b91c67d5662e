package dev.parley.talk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.TransportKind;
import dev.parley.talk.ScriptedServer.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Complete conversations in real time with a scripted server. */
@Tag("real-time")
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TalkIT {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"polling,base64", "websocket,binary", "upgrade,base64", "upgrade,binary", "polling,binary"})
    void recordingIsAnsweredOnEveryTransport(String transport, String audio) throws Exception {
        Path out = folder.resolve("reply.wav");
        Path file = WavSamples.spoken(folder, "tone.wav", 0.96, 0.3);
        try (var server = new ScriptedServer(Script.ANSWER)) {
            var run = TalkRun.talk("--json", "--quiet", "--url", server.url(), "--transport", transport,
                    "--audio", audio, "--out", out, file);
            assertThat(run.err()).isEmpty();
            assertThat(run.code()).isZero();
            JsonNode told = JsonMapper.shared().readTree(run.out());
            assertThat(told.path("ok").asBoolean()).isTrue();
            assertThat(told.path("error").isNull()).isTrue();
            assertThat(told.path("connection").path("transport").asString())
                    .isEqualTo(transport.equals("polling") ? "polling" : "websocket");
            assertThat(told.path("connection").path("upgradedMs").isNumber())
                    .isEqualTo(transport.equals("upgrade"));
            JsonNode turn = told.path("turns").get(0);
            assertThat(turn.path("heard").asString()).isEqualTo("30 chunks");
            assertThat(turn.path("answered").asString()).isEqualTo("I heard you.");
            assertThat(turn.path("tools").get(0).asString()).isEqualTo("clock");
            assertThat(turn.path("speechMs").asInt()).isEqualTo(960);
            assertThat(turn.path("answerMs").asInt()).isEqualTo(500);
            assertThat(turn.path("complete").asBoolean()).isTrue();
            // The server waits for ten quiet chunks.
            assertThat(turn.path("firstAudioMs").asInt()).isGreaterThanOrEqualTo(320);
            assertThat(told.path("latency").path("firstAudio").path("count").asInt()).isEqualTo(1);
            assertThat(server.seen()).startsWith("initializeConnection", "promptStart", "systemPrompt",
                    "audioStart");
        }
        var reply = WavReader.read(out);
        assertThat(reply.rate()).isEqualTo(24_000);
        assertThat(reply.samples()).hasSize(12_000);
    }

    @Test
    void severalFilesFormOneConversation() throws Exception {
        Path first = WavSamples.spoken(folder, "first.wav", 0.5, 0);
        Path second = WavSamples.spoken(folder, "second.wav", 0.8, 0);
        try (var server = new ScriptedServer(Script.ANSWER, TransportKind.POLLING)) {
            var run = TalkRun.talk("--url", server.url(), "--prompt", "Be brief.", "--voice", "amy", first,
                    second);
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("first.wav", "16 chunks", "second.wav", "25 chunks",
                    "answered  I heard you.", "tools     clock", "connection  polling (connected after",
                    "(2 turns)", "p95");
            assertThat(run.err().lines()).anyMatch(line -> line.startsWith("connecting to"))
                    .anyMatch(line -> line.startsWith("speaking") && line.endsWith("second.wav (0.8 s)"))
                    .noneMatch(line -> line.contains("\u001b"));
            assertThat(server.seen().stream().filter("initializeConnection"::equals)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"SILENT,1,was not recognised: neither text nor an answer arrived for 1 s",
            "REFUSE,60,The server refused the conversation: all lines are busy",
            "ERROR,60,The server reports: the model is away: try later",
            "HANG_UP,60,The connection was lost: ",
            "FORGET,60,'The connection was lost, and the server no longer knew the conversation.'"})
    void failedConversationReportsTheReason(Script script, String patience, String expected)
            throws Exception {
        Path out = folder.resolve("none.wav");
        try (var server = new ScriptedServer(script)) {
            var run = TalkRun.talk("--quiet", "--patience", patience, "--out", out, "--url", server.url(),
                    WavSamples.spoken(folder, "tone.wav", 0.5, 0));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err().lines()).singleElement()
                    .asString()
                    .startsWith("parley: ")
                    .contains(expected);
            assertThat(Files.exists(out)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"polling,base64", "websocket,binary", "upgrade,base64"})
    void conversationGoesOnAfterALostConnection(String transport, String audio) throws Exception {
        try (var server = new ScriptedServer(Script.LOSE)) {
            var run = TalkRun.talk("--json", "--url", server.url(), "--transport", transport, "--audio",
                    audio, WavSamples.spoken(folder, "tone.wav", 0.96, 0.3));
            assertThat(run.code()).isZero();
            assertThat(run.err()).contains("the connection was lost (", "the conversation goes on");
            JsonNode told = JsonMapper.shared().readTree(run.out());
            assertThat(told.path("connection").path("resumptions").asInt()).isEqualTo(1);
            assertThat(told.path("turns").get(0).path("heard").asString()).as("each chunk arrived once")
                    .isEqualTo("30 chunks");
            assertThat(server.seen()).containsSubsequence("audioStart", "initializeConnection", "audioStart")
                    .containsOnlyOnce("promptStart");
        }
    }

    @Test
    void serverWithoutConversationsIsReported() throws Exception {
        try (var server = new ScriptedServer(Script.NO_CONVERSATIONS)) {
            var run = TalkRun.talk("--quiet", "--json", "--timeout", "4", "--url", server.url(),
                    WavSamples.spoken(folder, "tone.wav", 0.2, 0));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).contains("Check that it is a server for conversations.");
            assertThat(JsonMapper.shared().readTree(run.out()).path("ok").asBoolean(true)).isFalse();
        }
    }

    @Test
    void unwritableAnswerFileIsReported() throws Exception {
        try (var server = new ScriptedServer(Script.ANSWER)) {
            var run = TalkRun.talk("--quiet", "--out", folder.resolve("no/such/folder.wav"), "--url",
                    server.url(), WavSamples.spoken(folder, "tone.wav", 0.3, 0));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).contains("I heard you.");
            assertThat(run.err()).contains("could not be written");
        }
    }
}
