package dev.parley.nova.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.InputEvent.Role;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EventsJsonTest {

    private static final OutputJson.Ids IDS = new OutputJson.Ids("s", "p", "c");

    static Stream<InputEvent> inputs() {
        var tool = new ToolSpec("time", "Tells \"the\" time", "{\"type\":\"object\"}");
        return Stream.of(
                new InputEvent.SessionStart(new Inference(512, 0.5, 0.25), Optional.of(Sensitivity.LOW)),
                new InputEvent.SessionStart(Inference.defaults(), Optional.empty()),
                new InputEvent.PromptStart("p", "tiffany", 24_000, List.of(tool, tool)),
                new InputEvent.PromptStart("p", "amy", 16_000, List.of()),
                new InputEvent.ContentStart("p", "c", Role.SYSTEM, false, new Body.Text()),
                new InputEvent.ContentStart("p", "c", Role.USER, true, new Body.Audio(16_000)),
                new InputEvent.ContentStart("p", "c", Role.TOOL, false, new Body.Tool("id")),
                new InputEvent.TextInput("p", "c", "Größe \u0001 \uD83D\uDE00"),
                new InputEvent.AudioInput("p\"", "c", new byte[]{1, 2, 3, 4}),
                new InputEvent.ToolResult("p", "c", "{\"a\":1}"), new InputEvent.ContentEnd("p", "c"),
                new InputEvent.PromptEnd("p"), new InputEvent.SessionEnd());
    }

    static Stream<OutputEvent> outputs() {
        return Stream.of(new OutputEvent.CompletionStart(),
                new OutputEvent.ContentStart("b", OutputEvent.Type.TEXT, OutputEvent.Role.ASSISTANT,
                        Optional.of(Stage.SPECULATIVE)),
                new OutputEvent.ContentStart("b", OutputEvent.Type.AUDIO, OutputEvent.Role.ASSISTANT,
                        Optional.empty()),
                new OutputEvent.ContentStart("b", OutputEvent.Type.TOOL, OutputEvent.Role.TOOL,
                        Optional.empty()),
                new OutputEvent.TextOutput("b", OutputEvent.Role.USER, "hello"),
                new OutputEvent.AudioOutput("b", new byte[]{9, 8}),
                new OutputEvent.ToolUse("b", "u", "time", "{\"zone\":\"UTC\"}"),
                new OutputEvent.ContentEnd("b", OutputEvent.Type.TEXT, StopReason.INTERRUPTED),
                new OutputEvent.UsageEvent(new Usage(1, 2, 3, 4)), new OutputEvent.CompletionEnd(),
                new OutputEvent.Other("newThing"));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void inputsAreReadAsWritten(InputEvent event) {
        InputEvent read = InputJson.read(InputJson.write(event));
        assertThat(read).usingRecursiveComparison().isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void outputsAreReadAsWritten(OutputEvent event) {
        assertThat(OutputJson.read(OutputJson.write(event, IDS))).usingRecursiveComparison().isEqualTo(event);
    }

    @Test
    void promptHasTheJsonThatTheServiceRequires() {
        var start = new InputEvent.PromptStart("p", "tiffany", 24_000,
                List.of(new ToolSpec("time", "Tells the time", "{\"type\":\"object\"}")));
        expectJson(InputJson.write(start),
                """
                        {"event":{"promptStart":{"promptName":"p","textOutputConfiguration":{"mediaType":"text/plain"},
                        "audioOutputConfiguration":{"mediaType":"audio/lpcm","sampleRateHertz":24000,"sampleSizeBits":16,
                        "channelCount":1,"audioType":"SPEECH","encoding":"base64","voiceId":"tiffany"},
                        "toolUseOutputConfiguration":{"mediaType":"application/json"},
                        "toolConfiguration":{"tools":[{"toolSpec":{"name":"time","description":"Tells the time",
                        "inputSchema":{"json":"{\\"type\\":\\"object\\"}"}}}]}}}}""");
    }

    @Test
    void withoutToolsBothToolMembersAreOmitted() {
        byte[] json = InputJson.write(new InputEvent.PromptStart("p", "tiffany", 24_000, List.of()));
        assertThat(new String(json, UTF_8)).doesNotContain("tool");
    }

    @Test
    void turnDetectionHasAnObjectOfItsOwn() {
        expectJson(
                InputJson.write(
                        new InputEvent.SessionStart(Inference.defaults(), Optional.of(Sensitivity.HIGH))),
                """
                        {"event":{"sessionStart":{"inferenceConfiguration":{"maxTokens":1024,"topP":0.9,"temperature":0.7},
                        "turnDetectionConfiguration":{"endpointingSensitivity":"HIGH"}}}}""");
    }

    @Test
    void toolResultIsABlockOfItsOwnKind() {
        expectJson(
                InputJson.write(
                        new InputEvent.ContentStart("p", "c", Role.TOOL, false, new Body.Tool("use-1"))),
                """
                        {"event":{"contentStart":{"promptName":"p","contentName":"c","type":"TOOL","interactive":false,
                        "role":"TOOL","toolResultInputConfiguration":{"toolUseId":"use-1","type":"TEXT",
                        "textInputConfiguration":{"mediaType":"text/plain"}}}}}""");
    }

    @Test
    void stageIsReadFromJsonWithinAString() {
        OutputEvent event = OutputJson.read("""
                {"event":{"contentStart":{"additionalModelFields":"{\\"generationStage\\":\\"SPECULATIVE\\"}",
                "completionId":"c","contentId":"b","promptName":"p","role":"ASSISTANT","sessionId":"s",
                "textOutputConfiguration":{"mediaType":"text/plain"},"type":"TEXT"}}}""".getBytes(UTF_8));
        assertThat(event).isEqualTo(new OutputEvent.ContentStart("b", OutputEvent.Type.TEXT,
                OutputEvent.Role.ASSISTANT, Optional.of(Stage.SPECULATIVE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"event\":{}}", "{\"event\":{\"audioOutput\":{}}}",
            "{\"event\":{\"audioOutput\":{\"contentId\":\"b\",\"content\":\"!\"}}}",
            "{\"event\":{\"a\":{}},\"more\":1}", "{\"event\":{\"a\":{},\"b\":{}}}", "{\"event\":{\"a\":"})
    void malformedEventIsRefusedWithoutItsContent(String json) {
        assertThatThrownBy(() -> OutputJson.read(json.getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .hasNoCause();
    }

    @Test
    void flatSensitivityIsRefusedAsByNova2() {
        assertThatThrownBy(() -> InputJson
                .read("{\"event\":{\"sessionStart\":{\"endpointingSensitivity\":\"HIGH\"}}}".getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class);
    }

    private static void expectJson(byte[] json, String expected) {
        var mapper = JsonMapper.shared();
        assertThat(mapper.readTree(json)).isEqualTo(mapper.readTree(expected));
    }
}
