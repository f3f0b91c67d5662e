package dev.parley.voice.conversation;

import static dev.parley.voice.conversation.ControlEvents.event;

import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.ToolCall;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.conversation.Effect.ToBrowser;
import java.util.Base64;
import java.util.List;

/** The events of one model stream as Nova Sonic words them, as raw JSON: no trees, since speech passes here. */
final class StreamEvents {

    private static final Usage NONE = new Usage(0, 0, 0, 0);
    private static final String TEXT_OUTPUT = "\"textOutputConfiguration\":{\"mediaType\":\"text/plain\"}";
    private static final String AUDIO_OUTPUT = """
            "audioOutputConfiguration":{"mediaType":"audio/lpcm","sampleRateHertz":24000,"sampleSizeBits":16,\
            "channelCount":1,"encoding":"base64"}""";
    private static final String TOOL_OUTPUT = "\"toolUseOutputConfiguration\":{\"mediaType\":\"application/json\"}";

    private final String ids;
    private final boolean binary;
    private Usage used = NONE;

    StreamEvents(String sessionId, int stream, boolean binary) {
        this.ids = "\"sessionId\":" + Json.quote(sessionId) + ",\"promptName\":"
                + Json.quote(sessionId + "-" + stream) + ",\"completionId\":"
                + Json.quote(sessionId + "-" + stream + "-0");
        this.binary = binary;
    }

    ToBrowser completionStart() {
        return event("completionStart", "{\"completionStart\":{" + ids + "}}");
    }

    ToBrowser textStart(String blockId, String role, Stage stage) {
        return start(blockId, "TEXT", role, "\"additionalModelFields\":\"{\\\"generationStage\\\":\\\""
                + stage + "\\\"}\"," + TEXT_OUTPUT);
    }

    ToBrowser text(String blockId, String role, String content) {
        return event("textOutput", "{" + ids + ",\"contentId\":" + Json.quote(blockId) + ",\"role\":\"" + role
                + "\",\"content\":" + Json.quote(content) + "}");
    }

    ToBrowser audioStart(String blockId) {
        return start(blockId, "AUDIO", "ASSISTANT", AUDIO_OUTPUT);
    }

    /** Speech goes without the stream's ids: no front end reads them there, and they would cost as much as 3 ms of sound each time. */
    ToBrowser audio(String blockId, byte[] pcm) {
        var head = "[\"audioOutput\",{\"contentId\":" + Json.quote(blockId)
                + ",\"role\":\"ASSISTANT\",\"content\":";
        return binary
                ? new ToBrowser("audioOutput", head + "{\"_placeholder\":true,\"num\":0}}]", List.of(pcm))
                : new ToBrowser("audioOutput", head + '"' + Base64.getEncoder().encodeToString(pcm) + "\"}]",
                        List.of());
    }

    ToBrowser end(String blockId, String type, String role, StopReason stop) {
        return event("contentEnd", "{" + ids + ",\"contentId\":" + Json.quote(blockId) + ",\"type\":\"" + type
                + "\",\"role\":\"" + role + "\",\"stopReason\":\"" + stop + "\"}");
    }

    ToBrowser toolStart(ToolCall call) {
        return start("tool-" + call.toolUseId(), "TOOL", "TOOL", TOOL_OUTPUT);
    }

    ToBrowser toolUse(ToolCall call) {
        return event("toolUse", "{" + ids + ",\"contentId\":" + Json.quote("tool-" + call.toolUseId())
                + ",\"role\":\"TOOL\",\"toolName\":" + Json.quote(call.name()) + ",\"toolUseId\":"
                + Json.quote(call.toolUseId()) + ",\"content\":" + Json.quote(call.arguments()) + "}");
    }

    /** @param result a JSON object as text, checked */
    ToBrowser toolResult(String toolUseId, String result) {
        return event("toolResult", "{\"toolUseId\":" + Json.quote(toolUseId) + ",\"result\":" + result + "}");
    }

    ToBrowser bargeIn() {
        return event("bargeIn", "{" + ids + ",\"reason\":\"user\"}");
    }

    ToBrowser streamInterrupted() {
        return event("streamInterrupted", "{" + ids + ",\"reason\":\"user\"}");
    }

    ToBrowser usage(Usage total) {
        var before = used;
        used = total;
        var delta = new Usage(total.inputSpeech() - before.inputSpeech(),
                total.inputText() - before.inputText(), total.outputSpeech() - before.outputSpeech(),
                total.outputText() - before.outputText());
        var input = total.inputSpeech() + total.inputText();
        var output = total.outputSpeech() + total.outputText();
        return event("usageEvent",
                "{\"usageEvent\":{" + ids + ",\"totalInputTokens\":" + input + ",\"totalOutputTokens\":"
                        + output + ",\"totalTokens\":" + (input + output) + ",\"details\":{\"delta\":"
                        + tokens(delta) + ",\"total\":" + tokens(total) + "}}}");
    }

    private static String tokens(Usage usage) {
        return "{\"input\":{\"speechTokens\":" + usage.inputSpeech() + ",\"textTokens\":" + usage.inputText()
                + "},\"output\":{\"speechTokens\":" + usage.outputSpeech() + ",\"textTokens\":"
                + usage.outputText() + "}}";
    }

    private ToBrowser start(String blockId, String type, String role, String rest) {
        return event("contentStart", "{" + ids + ",\"contentId\":" + Json.quote(blockId) + ",\"type\":\""
                + type + "\",\"role\":\"" + role + "\"," + rest + "}");
    }
}
