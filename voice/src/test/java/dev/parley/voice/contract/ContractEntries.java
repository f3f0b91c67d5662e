package dev.parley.voice.contract;

import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.contract.BrowserEvent.Activity;
import dev.parley.voice.contract.BrowserEvent.ContentType;
import dev.parley.voice.contract.BrowserEvent.EndReason;
import dev.parley.voice.contract.BrowserEvent.Origin;
import dev.parley.voice.contract.BrowserEvent.Role;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import java.util.ArrayList;
import java.util.List;

/** The descriptions of all commands and events, with an example of each. {@link ContractPageTest} holds them to the codec. */
final class ContractEntries {

    private static final Origin ORIGIN = new Origin("Yx3k", 1);
    private static final Field CONTENT_ID = new Field("contentId", "string", "id of the block");
    private static final List<Field> IDS = List.of(
            new Field("sessionId", "string", "id of the conversation: the socket's id"),
            new Field("promptName", "string", "id of the model stream"),
            new Field("completionId", "string", "id of the stream's answers"), CONTENT_ID);
    private static final Field ROLE = new Field("role", "`USER`, `ASSISTANT` or `TOOL`",
            "side that the block belongs to");
    private static final Field TYPE = new Field("type", "`TEXT`, `AUDIO` or `TOOL`", "kind of the block");
    private static final List<Field> CONFIG = List.of(
            new Field("region", "string", "ignored: the server chooses the region of its model"),
            new Field("inferenceConfig.maxTokens", "integer, 1 to 10 000",
                    "maximum length of an answer, in tokens"),
            new Field("inferenceConfig.topP", "number, 0 to 1", "nucleus sampling"),
            new Field("inferenceConfig.temperature", "number, 0 to 1", "sampling temperature"),
            new Field("turnDetectionConfig.endpointingSensitivity", "`HIGH`, `MEDIUM` or `LOW`",
                    "`HIGH` answers after the shortest pause"),
            new Field("enabledTools", "array of strings",
                    "names of the tools to offer; all if left out, unknown names are ignored"),
            new Field("persona", "string", "id of the persona (Parley's extension)"),
            new Field("audioFormat", "`base64` or `binary`",
                    "form of `audioOutput.content` (Parley's extension)"),
            new Field("pausable", "boolean",
                    "whether the front end obeys `answerPaused` and `answerResumed` (Parley's extension)"),
            new Field("replay", "boolean",
                    "whether the front end keeps its audio until it is confirmed by `audioReceived`, and sends what was lost when it is connected again: missing audio does not count as silence for 20 s (Parley's extension)"));
    private static final String CONFIG_EXAMPLE = """
            "region":"eu-north-1","inferenceConfig":{"maxTokens":1024,"topP":0.9,"temperature":0.7},\
            "turnDetectionConfig":{"endpointingSensitivity":"HIGH"},"enabledTools":["calculate"],\
            "persona":"assistant","audioFormat":"binary","pausable":true,"replay":true""";

    private ContractEntries() {}

    /** One field; members of members have a dot in their name. */
    record Field(String name, String type, String meaning) {}

    /** @param example the argument after the name, as JSON; empty if there is none */
    record Command(String name, String when, List<Field> fields, String example) {}

    /** @param of the kind, if several kinds have one name */
    record Event(String of, String when, List<Field> fields, BrowserEvent example) {}

    static List<Command> commands() {
        return List.of(new Command("initializeConnection",
                "First, if at all: begins a conversation. Once a stream is open, the settings have no effect. Can ask for an acknowledgement.",
                with(CONFIG, new Field("resume", "`true` or a token",
                        "`true` asks for a token; a token goes on with its conversation (Parley's extension)"),
                        new Field("received", "integer",
                                "number of events that the browser has received; left out, it gets the transcript again")),
                "{" + CONFIG_EXAMPLE + ",\"resume\":\"q1w2\",\"received\":17}"),
                new Command("promptStart", "Before `audioStart`.",
                        List.of(new Field("voiceId", "string", "voice of the assistant"),
                                new Field("outputSampleRate", "integer, Hz", "24000, or left out")),
                        "{\"voiceId\":\"amy\",\"outputSampleRate\":24000}"),
                new Command("systemPrompt",
                        "Before `audioStart`. The argument can also be the content itself; without content, the persona's prompt is used.",
                        List.of(new Field("content", "string, up to 40 KB of UTF-8", "the system prompt"),
                                new Field("voiceId", "string", "voice of the assistant")),
                        "{\"content\":\"You are a friendly assistant.\",\"voiceId\":\"amy\"}"),
                new Command("conversationResumption", "Accepted and without effect.", List.of(), ""),
                new Command("audioStart", "Opens the model stream. The server sends `audioReady`.", List.of(),
                        ""),
                new Command("audioInput",
                        """
                                Every 32 ms while the microphone is open. The argument is base64 text or one binary attachment: PCM, 16 kHz, mono, \
                                16-bit little-endian, up to 256 KB. Audio that was recorded earlier can have a second argument, `{"replayed":true}`; it is handled like \
                                any other. Audio before `audioStart` is kept, up to 16 s.""",
                        List.of(), "\"AAD/fw==\""),
                new Command("textInput",
                        "At any time after the first of `initializeConnection`, `promptStart` or `audioStart`: the user typed this. Opens the model stream if none is open.",
                        List.of(new Field("content", "string, up to 4 000 characters", "the text")),
                        "{\"content\":\"What time is it?\"}"),
                new Command("startNewChat",
                        "At any time: closes the stream and begins another conversation. Settings that are left out stay.",
                        CONFIG, "{" + CONFIG_EXAMPLE + "}"),
                new Command("stopAudio",
                        "At any time: closes the stream. The server sends `sessionClosed`, after 3 s at most.",
                        List.of(), ""),
                new Command("voiceConfig",
                        "At any time: chooses the voice of the next stream. The server sends `voiceConfigConfirmed`.",
                        List.of(new Field("voiceId", "string", "voice of the assistant")),
                        "{\"voiceId\":\"amy\"}"));
    }

    static List<Event> events() {
        var all = new ArrayList<Event>();
        all.addAll(ofAnswers());
        all.addAll(ofTools());
        all.addAll(ofTheConversation());
        return all;
    }

    private static List<Event> ofAnswers() {
        var stream = IDS.subList(0, 3);
        return List.of(
                new Event("", "First event of each stream.", in("completionStart", stream),
                        new BrowserEvent.CompletionStart(ORIGIN)),
                new Event("of a text",
                        "Before each text: of the user as recognised, of the assistant once before it is spoken and once after.",
                        with(IDS, TYPE, ROLE,
                                new Field("additionalModelFields", "string: JSON",
                                        "`generationStage`: `SPECULATIVE` before it is spoken, else `FINAL`"),
                                new Field("textOutputConfiguration.mediaType", "string", "`text/plain`")),
                        new BrowserEvent.TextStart(ORIGIN, "t1", Role.ASSISTANT, Stage.SPECULATIVE)),
                new Event("of speech", "Before the first `audioOutput` of each sentence.",
                        with(IDS, TYPE, ROLE,
                                new Field("audioOutputConfiguration.mediaType", "string", "`audio/lpcm`"),
                                new Field("audioOutputConfiguration.sampleRateHertz", "integer, Hz", "24000"),
                                new Field("audioOutputConfiguration.sampleSizeBits", "integer, bits", "16"),
                                new Field("audioOutputConfiguration.channelCount", "integer", "1"),
                                new Field("audioOutputConfiguration.encoding", "string", "`base64`")),
                        new BrowserEvent.SpeechStart(ORIGIN, "a1")),
                new Event("", "After the `contentStart` of each text.",
                        with(IDS, ROLE, new Field("content", "string", "the text")),
                        new BrowserEvent.TextOutput(ORIGIN, "t1", Role.ASSISTANT, "It is noon.")),
                new Event("as base64", "For each piece of speech; may come faster than real time.",
                        List.of(CONTENT_ID, ROLE,
                                new Field("content", "string: base64",
                                        "PCM, 24 kHz, mono, 16-bit little-endian")),
                        new BrowserEvent.AudioOutput("a1", new byte[]{0, 0, 1, 0}, AudioFormat.BASE64)),
                new Event("as an attachment",
                        "The same to a browser that asked for `audioFormat` `binary`; clients put the bytes in place of the placeholder.",
                        List.of(CONTENT_ID, ROLE,
                                new Field("content._placeholder", "boolean",
                                        "Socket.IO's mark of an attachment"),
                                new Field("content.num", "integer", "number of the attachment")),
                        new BrowserEvent.AudioOutput("a1", new byte[]{0, 0, 1, 0}, AudioFormat.BINARY)),
                new Event("",
                        "At the end of each block. Players are cleared on a TEXT block with `INTERRUPTED`; nothing stale follows it.",
                        with(IDS, TYPE, ROLE,
                                new Field("stopReason", "`PARTIAL_TURN`, `END_TURN` or `INTERRUPTED`",
                                        "whether the answer goes on, is complete, or was interrupted")),
                        new BrowserEvent.ContentEnd(ORIGIN, "t1", ContentType.TEXT, Role.ASSISTANT,
                                StopReason.END_TURN)),
                new Event("", "Once when the user speaks over the assistant.",
                        with(stream, new Field("reason", "string", "`user`")),
                        new BrowserEvent.BargeIn(ORIGIN)),
                new Event("", "After each `bargeIn`, for front ends that know this name.",
                        with(stream, new Field("reason", "string", "`user`")),
                        new BrowserEvent.StreamInterrupted(ORIGIN)),
                new Event("",
                        """
                                When a voice is heard over the answer, to a browser that asked for it with `pausable`: the player stops at once and drops \
                                the audio that it has. `answerResumed` or `bargeIn` follows.""",
                        stream, new BrowserEvent.AnswerPaused(ORIGIN)),
                new Event("",
                        "When the voice was no interruption: the rest of the answer's audio follows, under the ids of its blocks.",
                        stream, new BrowserEvent.AnswerResumed(ORIGIN)),
                new Event("",
                        """
                                When the assistant heard its own voice twice, to a browser that sent `pausable`: it sends silence while it plays an answer, \
                                and offers the user a way back.""",
                        stream, new BrowserEvent.SelfHeard(ORIGIN)),
                new Event("",
                        """
                                When the user went on speaking after the assistant took the turn for complete (Parley's extension): the last text of the \
                                user and the answers to it are void. Earlier texts of the same turn stay, and the whole sentence follows as a new text.""",
                        stream, new BrowserEvent.TurnSuperseded(ORIGIN)),
                new Event("",
                        """
                                When the model failed or was too far behind, and what the user said last, or the rest of the answer to it, could \
                                not be saved (Parley's extension): the user is asked to say it again.""",
                        stream, new BrowserEvent.QuestionLost(ORIGIN)),
                new Event("", "When the model reports the tokens that it used.",
                        in("usageEvent", usage(stream)), new BrowserEvent.TokensUsed(ORIGIN,
                                new Usage(10, 2, 30, 4), new Usage(110, 22, 330, 44))));
    }

    private static List<Event> ofTools() {
        var id = new Field("toolUseId", "string", "id of the call");
        return List.of(
                new Event("of a tool call", "Before each `toolUse`.",
                        with(IDS, TYPE, ROLE,
                                new Field("toolUseOutputConfiguration.mediaType", "string",
                                        "`application/json`")),
                        new BrowserEvent.ToolStart(ORIGIN, "c1")),
                new Event("", "When the model calls a tool.",
                        with(IDS, ROLE, new Field("toolName", "string", "name of the tool"), id,
                                new Field("content", "string: JSON", "arguments of the call")),
                        new BrowserEvent.ToolUse(ORIGIN, "c1", "calculate", "{\"expression\":\"6*7\"}")),
                new Event("", "When the tool has finished, or was refused.",
                        List.of(id,
                                new Field("result", "object",
                                        "result of the tool; `error` in place of it says what went wrong")),
                        new BrowserEvent.ToolResult("c1", "{\"result\":42}")));
    }

    private static List<Event> ofTheConversation() {
        var message = new Field("message", "string", "text for the user");
        return List.of(
                new Event("", "After each `audioStart`: the server listens.", List.of(),
                        new BrowserEvent.AudioReady()),
                new Event("", "When the activity of an open conversation changes (Parley's extension).",
                        List.of(new Field("state", "`listening`, `thinking` or `speaking`", "the activity")),
                        new BrowserEvent.State(Activity.THINKING)),
                new Event("", "After each `voiceConfig` with a known voice.",
                        List.of(new Field("voiceId", "string", "voice of the next stream")),
                        new BrowserEvent.VoiceConfirmed("amy")),
                new Event("", "When a conversation is over, except when the model ended it.", List.of(),
                        new BrowserEvent.SessionClosed()),
                new Event("", "When the model ended the conversation.", List.of(),
                        new BrowserEvent.StreamComplete()),
                new Event("about a command",
                        "When a command cannot be carried out. The conversation goes on. At most 20 in ten seconds; about audio once as long as it goes on.",
                        List.of(message),
                        new BrowserEvent.CommandFailed("textInput needs a text of at most 4000 characters.")),
                new Event("that ends the conversation", "Before the `sessionClosed` that follows a failure.",
                        List.of(message,
                                new Field("details.kind", "`RECOVERABLE`, `BUSY`, `FATAL` or `INACTIVE`",
                                        "the reason"),
                                new Field("details.retry", "boolean", "whether starting again can help"),
                                new Field("details.ended", "boolean", "`true`")),
                        new BrowserEvent.ConversationFailed(
                                "The speech model is busy. Try again in a moment.", EndReason.BUSY)),
                new Event("",
                        "While the conversation waits for a stream, when its position changes (Parley's extension).",
                        List.of(new Field("position", "integer", "1 is next; 0 has a stream")),
                        new BrowserEvent.QueuePosition(2)),
                new Event("",
                        "After an `initializeConnection` with `resume` (Parley's extension). Events about the connection itself do not count as received.",
                        List.of(new Field("token", "string", "names the conversation; a secret"),
                                new Field("resumed", "boolean", "whether a conversation goes on"),
                                new Field("from", "integer",
                                        "number of events that count as received from now on")),
                        new BrowserEvent.ConversationOffered("q1w2", true, 17, null)),
                new Event("to a browser that sent `replay`",
                        "The same, and which audio has arrived: the browser sends again what came after it, in order.",
                        List.of(new Field("token", "string", "names the conversation; a secret"),
                                new Field("resumed", "boolean", "whether a conversation goes on"),
                                new Field("from", "integer",
                                        "number of events that count as received from now on"),
                                new Field("replay", "boolean", "`true`"),
                                new Field("audio.count", "integer",
                                        "number of `audioInput` events of this conversation that have arrived"),
                                new Field("audio.lost", "integer",
                                        "number of these that were dropped, because the server had no room")),
                        new BrowserEvent.ConversationOffered("q1w2", true, 17,
                                new BrowserEvent.AudioReceived(250, 0))),
                new Event("that another server held",
                        "The same with `anew`: audio that was confirmed is not sent again, and all other audio that the browser still has is.",
                        List.of(new Field("token", "string", "names the conversation; a secret"),
                                new Field("resumed", "boolean", "`true`"),
                                new Field("from", "integer",
                                        "number of events that count as received from now on"),
                                new Field("replay", "boolean", "`true`"),
                                new Field("audio.count", "integer", "0: audio is counted anew"),
                                new Field("audio.lost", "integer", "0"),
                                new Field("anew", "boolean", "`true`")),
                        new BrowserEvent.ConversationOffered("q1w2", true, 17,
                                new BrowserEvent.AudioReceived(0, 0), true)),
                new Event("",
                        "Once a second while audio arrives, to a browser that sent `replay` (Parley's extension). Does not count as received.",
                        List.of(new Field("count", "integer",
                                "number of `audioInput` events of this conversation that have arrived"),
                                new Field("lost", "integer",
                                        "number of these that were dropped, because the server had no room")),
                        new BrowserEvent.AudioReceived(281, 0)),
                new Event("",
                        "Last event of a browser whose conversation went on in another tab (Parley's extension).",
                        List.of(), new BrowserEvent.ConversationMoved()),
                new Event("on its way back",
                        "In the transcript for a page that was opened afresh: text that the user had typed (Parley's extension).",
                        List.of(new Field("content", "string", "the text")),
                        new BrowserEvent.TypedText("What time is it?")));
    }

    private static List<Field> usage(List<Field> stream) {
        var fields = new ArrayList<>(stream);
        fields.add(new Field("totalInputTokens", "integer, tokens", "speech and text of the user"));
        fields.add(new Field("totalOutputTokens", "integer, tokens", "speech and text of the assistant"));
        fields.add(new Field("totalTokens", "integer, tokens", "both"));
        for (var span : List.of("delta", "total")) {
            for (var direction : List.of("input", "output")) {
                for (var kind : List.of("speechTokens", "textTokens")) {
                    fields.add(new Field("details." + span + "." + direction + "." + kind, "integer, tokens",
                            span.equals("delta") ? "since the event before" : "since the stream was opened"));
                }
            }
        }
        return fields;
    }

    private static List<Field> in(String object, List<Field> fields) {
        return fields.stream()
                .map(field -> new Field(object + "." + field.name(), field.type(), field.meaning()))
                .toList();
    }

    private static List<Field> with(List<Field> fields, Field... more) {
        var all = new ArrayList<>(fields);
        all.addAll(List.of(more));
        return all;
    }
}
