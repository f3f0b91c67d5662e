package dev.parley.voice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.contract.BrowserCommand.Audio;
import dev.parley.voice.contract.BrowserCommand.Rejected;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BrowserCommandTest {

    private static final CommandLimits LIMITS = CommandLimits.defaults();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            initializeConnection | 5 | needs an object such as {"enabledTools":["time"]}, or nothing.
            initializeConnection | {"inferenceConfig":7} | needs inferenceConfig as an object {maxTokens, topP, temperature}.
            initializeConnection | {"inferenceConfig":{"maxTokens":0}} | needs inferenceConfig.maxTokens as a number from 1 to 10000.
            initializeConnection | {"inferenceConfig":{"topP":1.5}} | needs inferenceConfig.topP as a number from 0 to 1.
            initializeConnection | {"inferenceConfig":{"temperature":"hot"}} | needs inferenceConfig.temperature as a number from 0 to 1.
            initializeConnection | {"turnDetectionConfig":{"endpointingSensitivity":"MAX"}} | needs turnDetectionConfig as {"endpointingSensitivity":"HIGH"}, or MEDIUM or LOW.
            initializeConnection | {"turnDetectionConfig":[]} | needs turnDetectionConfig as {"endpointingSensitivity":"HIGH"}, or MEDIUM or LOW.
            initializeConnection | {"enabledTools":"time"} | needs enabledTools as an array of names of tools.
            initializeConnection | {"enabledTools":[1]} | needs enabledTools as an array of names of tools.
            initializeConnection | {"audioFormat":"mp3"} | needs audioFormat as "base64" or "binary".
            initializeConnection | {"pausable":"yes"} | needs pausable as true or false.
            initializeConnection | {"replay":1} | needs replay as true or false.
            startNewChat | "x" | needs an object such as {"enabledTools":["time"]}, or nothing.
            initializeConnection | {"resume":5} | needs resume as true, or as the token of a conversation.
            initializeConnection | {"resume":"t","received":-1} | needs received as the number of events that have come.
            initializeConnection | {"resume":"t","received":1.5} | needs received as the number of events that have come.
            promptStart | [] | needs an object such as {"voiceId":"…"}, or nothing.
            promptStart | {"voiceId":1} | needs voiceId as a string.
            promptStart | {"outputSampleRate":"x"} | needs outputSampleRate as a whole number of hertz.
            systemPrompt | 1 | needs a string, {"content":"…"}, or nothing.
            systemPrompt | {"content":1} | needs its content as a string.
            systemPrompt | {"content":"x","voiceId":{}} | needs voiceId as a string.
            textInput | "hello" | needs an object {"content":"…"} with some text in it.
            textInput | {"content":" "} | needs an object {"content":"…"} with some text in it.
            textInput | null | needs an object {"content":"…"} with some text in it.
            voiceConfig | {} | needs an object {"voiceId":"…"}.
            voiceConfig | "amy" | needs an object {"voiceId":"…"}.
            """)
    void rejectionNamesTheExpectedShape(String event, String json, String needs) {
        assertThat(decode(event, json)).isEqualTo(new Rejected(event, event + " " + needs));
    }

    @Test
    void readsEverySetting() {
        assertThat(decode("initializeConnection",
                """
                        {"region":"eu-north-1","inferenceConfig":{"maxTokens":10,"temperature":0},"enabledTools":[],
                        "turnDetectionConfig":{"endpointingSensitivity":"low"},"audioFormat":"binary","persona":"ada","pausable":true,"replay":true,"more":[1]}"""))
                .isEqualTo(new BrowserCommand.Initialize(new SessionConfig(new Inference(10, 0.9, 0),
                        Sensitivity.LOW, List.of(), "ada", AudioFormat.BINARY, true, true), null));
    }

    @Test
    void readsResumeRequests() {
        assertThat(resume("{\"resume\":\"abc\",\"received\":7}")).isEqualTo(new ResumeRequest("abc", 7L));
        assertThat(resume("{\"resume\":\"abc\"}")).isEqualTo(new ResumeRequest("abc", null));
        assertThat(resume("{\"resume\":true}")).isEqualTo(new ResumeRequest(null, null));
        assertThat(resume("{\"resume\":false}")).isNull();
        assertThat(resume("{\"resume\":null}")).isNull();
        assertThat(decode("initializeConnection", "{\"resume\":\"" + "a".repeat(101) + "\"}"))
                .isInstanceOf(Rejected.class);
    }

    private static @Nullable ResumeRequest resume(String json) {
        return ((BrowserCommand.Initialize) decode("initializeConnection", json)).resume();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",null", ",{}",
            ",{\"inferenceConfig\":null,\"turnDetectionConfig\":{},\"enabledTools\":null}"})
    void readsMissingSettingsAsEmpty(String rest) {
        assertThat(BrowserCodec.decode("startNewChat", "[\"startNewChat\"" + rest + "]", List.of(), LIMITS))
                .isEqualTo(new BrowserCommand.NewChat(SessionConfig.empty()));
    }

    @Test
    void readsTheShapesOfASystemPrompt() {
        assertThat(decode("systemPrompt", "\"Hi\"")).isEqualTo(new BrowserCommand.SystemPrompt("Hi", null));
        assertThat(decode("systemPrompt", "{\"content\":\"Hi\",\"voiceId\":\"leo\"}"))
                .isEqualTo(new BrowserCommand.SystemPrompt("Hi", "leo"));
        for (var absent : List.of("null", "\"\"", "{}", "{\"content\":null}")) {
            assertThat(decode("systemPrompt", absent)).isEqualTo(new BrowserCommand.SystemPrompt(null, null));
        }
    }

    @Test
    void limitsTexts() {
        assertThat(decode("systemPrompt", "\"" + "ä".repeat(20_480) + "\""))
                .isInstanceOf(BrowserCommand.SystemPrompt.class);
        assertThat(decode("systemPrompt", "\"" + "ä".repeat(20_481) + "\""))
                .isEqualTo(new Rejected("systemPrompt", "systemPrompt needs a text of at most 40960 bytes."));
        assertThat(decode("textInput", "{\"content\":\"" + "x".repeat(4_001) + "\"}"))
                .isEqualTo(new Rejected("textInput", "textInput needs a text of at most 4000 characters."));
        assertThat(decode("promptStart", "\"" + "x".repeat(300_000) + "\"")).isEqualTo(
                new Rejected("promptStart", "promptStart is larger than 262144 characters; send less."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[", "[\"promptStart\"", "x", "[\"promptStart\"]]"})
    void rejectsArgumentsThatAreNotAnArray(String json) {
        assertThat(BrowserCodec.decode("promptStart", json, List.of(), LIMITS)).isInstanceOf(Rejected.class);
        assertThat(BrowserCodec.decode("audioInput", json, List.of(), LIMITS)).isInstanceOf(Rejected.class);
    }

    @Test
    void rejectsEndlessNesting() {
        var deep = "[\"promptStart\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]";
        assertThat(BrowserCodec.decode("promptStart", deep, List.of(), LIMITS)).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"audioInput\",\"AQD//w==\"]", "[\"audioInput\",\"AQD//w\"]",
            "[\"audioInput\",\"AQD\\/\\/w==\"]", " [ \"audioInput\" , \"AQD//w==\" ]",
            "[\"audioInput\",\"AQD//w==\",\"more\"]"})
    void readsBase64InAnyJsonForm(String json) {
        assertThat(pcm(BrowserCodec.decode("audioInput", json, List.of(), LIMITS))).containsExactly(1, 0, -1,
                -1);
    }

    @Test
    void textWithoutItsJsonIsReadAlike() {
        assertThat(pcm(BrowserCodec.decode("audioInput", "AQD//w==", LIMITS))).containsExactly(1, 0, -1, -1);
        for (var text : List.of("", "AQ=", "AQAA", "A".repeat(400_000))) {
            assertThat(BrowserCodec.decode("audioInput", text, LIMITS)).usingRecursiveComparison()
                    .isEqualTo(decode("audioInput", "\"" + text + "\""));
        }
        assertThat(BrowserCodec.decode("systemPrompt", "Hi", LIMITS))
                .isEqualTo(new BrowserCommand.SystemPrompt("Hi", null));
        assertThat(BrowserCodec.decode("textInput", "hello", LIMITS)).isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AQ=", "A", "AQD!", "AQ AA", "AQ-_", "AQAA\\n", "ÄQAA",
            "\\u20ac\\u20ac\\u20ac\\u20ac", "data:audio/pcm;base64,AQAA"})
    void rejectsInvalidBase64(String text) {
        assertThat(decode("audioInput", "\"" + text + "\"")).isEqualTo(new Rejected("audioInput",
                "audioInput is not valid base64; send PCM, 16 kHz, mono, 16-bit, as plain base64."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[1,2]", "7", "{\"type\":\"Buffer\",\"data\":[1,0]}"})
    void rejectsAudioOfAnotherShape(String json) {
        assertThat(decode("audioInput", json)).isEqualTo(new Rejected("audioInput",
                "audioInput needs sound as base64 text or binary: PCM, 16 kHz, mono, 16-bit."));
    }

    @Test
    void rejectsHalfASample() {
        assertThat(decode("audioInput", "\"AQAA\"")).isEqualTo(new Rejected("audioInput",
                "audioInput holds half a sample; send an even number of bytes: PCM, 16 kHz, mono, 16-bit."));
        assertThat(binary(new byte[3])).isInstanceOf(Rejected.class);
    }

    @Test
    void readsBinaryAudio() {
        assertThat(pcm(binary(new byte[]{1, 0}))).containsExactly(1, 0);
        assertThat(BrowserCodec.decode("audioInput", "[\"audioInput\",{},{}]",
                List.of(new byte[2], new byte[2]), LIMITS))
                .isEqualTo(new Rejected("audioInput",
                        "audioInput takes one piece of sound per event; send each in an event of its own."));
    }

    @Test
    void rejectsTenMegabytesOfAudio() {
        var tooLarge = new Rejected("audioInput",
                "audioInput holds more than 262144 bytes; send pieces of about 1024 bytes (32 ms).");
        assertThat(binary(new byte[10_000_000])).isEqualTo(tooLarge);
        assertThat(decode("audioInput", "\"" + "A".repeat(13_333_336) + "\"")).isEqualTo(tooLarge);
        assertThat(decode("audioInput", base64(new byte[262_146]))).isEqualTo(tooLarge);
        assertThat(pcm(decode("audioInput", base64(new byte[262_144])))).hasSize(262_144);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsEncodedSound(long seed) {
        var random = new SplittableRandom(seed);
        var sound = new byte[2 * random.nextInt(2_000)];
        random.nextBytes(sound);
        assertThat(pcm(decode("audioInput", base64(sound)))).isEqualTo(sound);
    }

    private static String base64(byte[] sound) {
        return "\"" + Base64.getEncoder().encodeToString(sound) + "\"";
    }

    private static BrowserCommand binary(byte[] sound) {
        return BrowserCodec.decode("audioInput", "[\"audioInput\",{\"_placeholder\":true,\"num\":0}]",
                List.of(sound), LIMITS);
    }

    private static byte[] pcm(BrowserCommand command) {
        assertThat(command).isInstanceOf(Audio.class);
        return ((Audio) command).pcm();
    }

    private static BrowserCommand decode(String event, String argument) {
        return BrowserCodec.decode(event, "[\"" + event + "\"," + argument + "]", List.of(), LIMITS);
    }
}
