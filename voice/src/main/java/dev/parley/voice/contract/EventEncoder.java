package dev.parley.voice.contract;

import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.contract.BrowserEvent.AudioOutput;
import dev.parley.voice.contract.BrowserEvent.Origin;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Writes events with the names and the order of fields of Nova Sonic. */
final class EventEncoder {

    private EventEncoder() {}

    static EncodedEvent encode(BrowserEvent event) {
        var json = new JsonText().array().value(event.name());
        payload(json, event);
        return new EncodedEvent(event.name(), json.end(']'), attachments(event));
    }

    static String encode(Acknowledgement answer) {
        var json = new JsonText().array().object().member("success", answer.error().isEmpty());
        answer.error().ifPresent(message -> json.member("error", message));
        return json.close('}').end(']');
    }

    private static List<byte[]> attachments(BrowserEvent event) {
        return event instanceof AudioOutput(var _id, var pcm, var format) && format == AudioFormat.BINARY
                ? List.of(pcm)
                : List.of();
    }

    private static void payload(JsonText json, BrowserEvent event) {
        switch (event) {
            case BrowserEvent.CompletionStart(var origin) ->
                ids(json.object().object("completionStart"), origin).close('}').close('}');
            case BrowserEvent.TextStart start -> textStart(json, start);
            case BrowserEvent.SpeechStart(var origin, var id) -> speechStart(json, origin, id);
            case BrowserEvent.ToolStart(var origin, var id) -> toolStart(json, origin, id);
            case BrowserEvent.TextOutput(var origin, var id, var role, var content) ->
                ids(json.object(), origin).member("contentId", id)
                        .member("role", role.name())
                        .member("content", content)
                        .close('}');
            case AudioOutput piece -> audio(json, piece);
            case BrowserEvent.ContentEnd(var origin, var id, var type, var role, var stop) ->
                ids(json.object(), origin).member("contentId", id)
                        .member("type", type.name())
                        .member("role", role.name())
                        .member("stopReason", stop.name())
                        .close('}');
            case BrowserEvent.ToolUse use -> toolUse(json, use);
            case BrowserEvent.ToolResult(var id, var result) ->
                json.object().member("toolUseId", id).raw("result", result).close('}');
            case BrowserEvent.BargeIn(var origin) -> interruption(json, origin);
            case BrowserEvent.StreamInterrupted(var origin) -> interruption(json, origin);
            case BrowserEvent.AnswerPaused(var origin) -> ids(json.object(), origin).close('}');
            case BrowserEvent.AnswerResumed(var origin) -> ids(json.object(), origin).close('}');
            case BrowserEvent.SelfHeard(var origin) -> ids(json.object(), origin).close('}');
            case BrowserEvent.TurnSuperseded(var origin) -> ids(json.object(), origin).close('}');
            case BrowserEvent.QuestionLost(var origin) -> ids(json.object(), origin).close('}');
            case BrowserEvent.TokensUsed used -> usage(json, used);
            case BrowserEvent.VoiceConfirmed(var id) -> json.object().member("voiceId", id).close('}');
            case BrowserEvent.State(var activity) ->
                json.object().member("state", activity.name().toLowerCase(Locale.ROOT)).close('}');
            case BrowserEvent.CommandFailed(var message) ->
                json.object().member("message", message).close('}');
            case BrowserEvent.ConversationFailed failed -> failed(json, failed);
            case BrowserEvent.QueuePosition(var position) ->
                json.object().member("position", position).close('}');
            case BrowserEvent.ConversationOffered offered -> offered(json, offered);
            case BrowserEvent.AudioReceived received -> audio(json.object(), received).close('}');
            case BrowserEvent.TypedText(var content) -> json.object().member("content", content).close('}');
            case BrowserEvent.AudioReady _bare -> {}
            case BrowserEvent.SessionClosed _bare -> {}
            case BrowserEvent.StreamComplete _bare -> {}
            case BrowserEvent.ConversationMoved _bare -> {}
        }
    }

    private static void offered(JsonText json, BrowserEvent.ConversationOffered offered) {
        json.object()
                .member("token", offered.token())
                .member("resumed", offered.resumed())
                .member("from", offered.from());
        if (offered.audio() != null) {
            audio(json.member("replay", true).object("audio"), offered.audio()).close('}');
        }
        if (offered.anew()) {
            json.member("anew", true);
        }
        json.close('}');
    }

    private static JsonText audio(JsonText json, BrowserEvent.AudioReceived received) {
        return json.member("count", received.count()).member("lost", received.lost());
    }

    private static JsonText ids(JsonText json, Origin origin) {
        return json.member("sessionId", origin.sessionId())
                .member("promptName", origin.promptName())
                .member("completionId", origin.completionId());
    }

    private static JsonText start(JsonText json, Origin origin, String id, String type, String role) {
        return ids(json.object(), origin).member("contentId", id).member("type", type).member("role", role);
    }

    private static void textStart(JsonText json, BrowserEvent.TextStart start) {
        start(json, start.origin(), start.contentId(), "TEXT", start.role().name())
                .member("additionalModelFields",
                        new JsonText().object().member("generationStage", start.stage().name()).end('}'))
                .object("textOutputConfiguration")
                .member("mediaType", "text/plain")
                .close('}')
                .close('}');
    }

    private static void speechStart(JsonText json, Origin origin, String id) {
        start(json, origin, id, "AUDIO", "ASSISTANT").object("audioOutputConfiguration")
                .member("mediaType", "audio/lpcm")
                .member("sampleRateHertz", 24_000)
                .member("sampleSizeBits", 16)
                .member("channelCount", 1)
                .member("encoding", "base64")
                .close('}')
                .close('}');
    }

    private static void toolStart(JsonText json, Origin origin, String toolUseId) {
        start(json, origin, "tool-" + toolUseId, "TOOL", "TOOL").object("toolUseOutputConfiguration")
                .member("mediaType", "application/json")
                .close('}')
                .close('}');
    }

    private static void audio(JsonText json, AudioOutput piece) {
        json.object().member("contentId", piece.contentId()).member("role", "ASSISTANT");
        switch (piece.format()) {
            case BASE64 -> json.plain("content", Base64.getEncoder().encodeToString(piece.pcm()));
            case BINARY -> json.object("content").member("_placeholder", true).member("num", 0).close('}');
        }
        json.close('}');
    }

    private static void toolUse(JsonText json, BrowserEvent.ToolUse use) {
        ids(json.object(), use.origin()).member("contentId", "tool-" + use.toolUseId())
                .member("role", "TOOL")
                .member("toolName", use.tool())
                .member("toolUseId", use.toolUseId())
                .member("content", use.arguments())
                .close('}');
    }

    private static void interruption(JsonText json, Origin origin) {
        ids(json.object(), origin).member("reason", "user").close('}');
    }

    private static void usage(JsonText json, BrowserEvent.TokensUsed used) {
        int input = used.total().inputSpeech() + used.total().inputText();
        int output = used.total().outputSpeech() + used.total().outputText();
        ids(json.object().object("usageEvent"), used.origin()).member("totalInputTokens", input)
                .member("totalOutputTokens", output)
                .member("totalTokens", input + output)
                .object("details");
        tokens(json.object("delta"), used.delta());
        tokens(json.object("total"), used.total());
        json.close('}').close('}').close('}');
    }

    private static void tokens(JsonText json, Usage usage) {
        json.object("input")
                .member("speechTokens", usage.inputSpeech())
                .member("textTokens", usage.inputText())
                .close('}')
                .object("output")
                .member("speechTokens", usage.outputSpeech())
                .member("textTokens", usage.outputText())
                .close('}')
                .close('}');
    }

    private static void failed(JsonText json, BrowserEvent.ConversationFailed failed) {
        json.object()
                .member("message", failed.message())
                .object("details")
                .member("kind", failed.reason().name())
                .member("retry", failed.reason().retry())
                .member("ended", true)
                .close('}')
                .close('}');
    }
}
