package dev.parley.nova.event;

import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.InputEvent.Role;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.JsonStringEncoder;

/** Reads and writes {@link InputEvent} as JSON. Stateless; any thread. */
public final class InputJson {

    private static final String PROMPT = "promptName";
    private static final String CONTENT = "contentName";
    private static final String TURNS = "turnDetectionConfiguration.endpointingSensitivity";

    private InputJson() {}

    /** Returns the event as UTF-8 JSON in its envelope. */
    public static byte[] write(InputEvent event) {
        return switch (event) {
            case InputEvent.SessionStart start ->
                EventWriter.event("sessionStart", json -> session(json, start));
            case InputEvent.PromptStart start ->
                EventWriter.event("promptStart", json -> prompt(json, start));
            case InputEvent.ContentStart start ->
                EventWriter.event("contentStart", json -> block(json, start));
            case InputEvent.TextInput(var prompt, var content, var text) ->
                piece("textInput", prompt, content, text);
            case InputEvent.AudioInput(var prompt, var content, var pcm) -> audio(prompt, content, pcm);
            case InputEvent.ToolResult(var prompt, var content, var result) ->
                piece("toolResult", prompt, content, result);
            case InputEvent.ContentEnd(var prompt, var content) -> EventWriter.event("contentEnd",
                    json -> json.writeStringProperty(PROMPT, prompt).writeStringProperty(CONTENT, content));
            case InputEvent.PromptEnd(var prompt) ->
                EventWriter.event("promptEnd", json -> json.writeStringProperty(PROMPT, prompt));
            case InputEvent.SessionEnd _end -> EventWriter.event("sessionEnd", json -> {});
        };
    }

    private static byte[] piece(String name, String prompt, String content, String text) {
        return EventWriter.event(name,
                json -> json.writeStringProperty(PROMPT, prompt)
                        .writeStringProperty(CONTENT, content)
                        .writeStringProperty("content", text));
    }

    /** Writes by hand, since each conversation sends audio thirty times a second. */
    private static byte[] audio(String prompt, String content, byte[] pcm) {
        byte[] head = ("{\"event\":{\"audioInput\":{\"promptName\":\"" + quoted(prompt)
                + "\",\"contentName\":\"" + quoted(content) + "\",\"content\":\"")
                .getBytes(StandardCharsets.UTF_8);
        byte[] sound = Base64.getEncoder().encode(pcm);
        var out = new byte[head.length + sound.length + 4];
        System.arraycopy(head, 0, out, 0, head.length);
        System.arraycopy(sound, 0, out, head.length, sound.length);
        int end = head.length + sound.length;
        out[end] = '"';
        out[end + 1] = out[end + 2] = out[end + 3] = '}';
        return out;
    }

    private static String quoted(String name) {
        return new String(JsonStringEncoder.getInstance().quoteAsCharArray(name));
    }

    private static void session(JsonGenerator json, InputEvent.SessionStart start) {
        EventWriter.object(json, "inferenceConfiguration",
                in -> in.writeNumberProperty("maxTokens", start.inference().maxTokens())
                        .writeNumberProperty("topP", start.inference().topP())
                        .writeNumberProperty("temperature", start.inference().temperature()));
        // Nova 2 refuses a sensitivity that stands beside the inference configuration instead of in its own object.
        start.turnDetection()
                .ifPresent(sensitivity -> EventWriter.object(json, "turnDetectionConfiguration",
                        in -> in.writeStringProperty("endpointingSensitivity", sensitivity.name())));
    }

    private static void prompt(JsonGenerator json, InputEvent.PromptStart start) {
        json.writeStringProperty(PROMPT, start.prompt());
        EventWriter.object(json, "textOutputConfiguration", InputJson::plain);
        EventWriter.object(json, "audioOutputConfiguration", out -> {
            sound(out, start.sampleRate());
            out.writeStringProperty("voiceId", start.voiceId());
        });
        if (!start.tools().isEmpty()) {
            EventWriter.object(json, "toolUseOutputConfiguration",
                    out -> out.writeStringProperty("mediaType", "application/json"));
            EventWriter.object(json, "toolConfiguration", out -> tools(out, start.tools()));
        }
    }

    private static void tools(JsonGenerator json, List<ToolSpec> tools) {
        json.writeArrayPropertyStart("tools");
        for (ToolSpec tool : tools) {
            json.writeStartObject();
            EventWriter.object(json, "toolSpec", spec -> {
                spec.writeStringProperty("name", tool.name());
                spec.writeStringProperty("description", tool.description());
                EventWriter.object(spec, "inputSchema",
                        schema -> schema.writeStringProperty("json", tool.inputSchema()));
            });
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void block(JsonGenerator json, InputEvent.ContentStart start) {
        json.writeStringProperty(PROMPT, start.prompt());
        json.writeStringProperty(CONTENT, start.content());
        json.writeStringProperty("type", switch (start.body()) {
            case Body.Text _text -> "TEXT";
            case Body.Audio _audio -> "AUDIO";
            case Body.Tool _tool -> "TOOL";
        });
        json.writeBooleanProperty("interactive", start.interactive());
        json.writeStringProperty("role", start.role().name());
        switch (start.body()) {
            case Body.Text _text -> EventWriter.object(json, "textInputConfiguration", InputJson::plain);
            case Body.Audio(int rate) ->
                EventWriter.object(json, "audioInputConfiguration", in -> sound(in, rate));
            case Body.Tool(var id) -> EventWriter.object(json, "toolResultInputConfiguration", in -> {
                in.writeStringProperty("toolUseId", id);
                in.writeStringProperty("type", "TEXT");
                EventWriter.object(in, "textInputConfiguration", InputJson::plain);
            });
        }
    }

    private static void plain(JsonGenerator json) {
        json.writeStringProperty("mediaType", "text/plain");
    }

    private static void sound(JsonGenerator json, int rate) {
        json.writeStringProperty("mediaType", "audio/lpcm")
                .writeNumberProperty("sampleRateHertz", rate)
                .writeNumberProperty("sampleSizeBits", 16)
                .writeNumberProperty("channelCount", 1)
                .writeStringProperty("audioType", "SPEECH")
                .writeStringProperty("encoding", "base64");
    }

    /**
     * Reads one event.
     *
     * @throws MalformedEventException for anything that is not an event which Nova Sonic accepts
     */
    public static InputEvent read(byte[] json) {
        EventFields event = EventFields.read(json);
        return switch (event.name()) {
            case "sessionStart" -> session(event);
            case "promptStart" -> prompt(event);
            case "contentStart" -> block(event);
            case "textInput" ->
                new InputEvent.TextInput(event.text(PROMPT), event.text(CONTENT), event.text("content"));
            case "audioInput" ->
                new InputEvent.AudioInput(event.text(PROMPT), event.text(CONTENT), event.bytes("content"));
            case "toolResult" ->
                new InputEvent.ToolResult(event.text(PROMPT), event.text(CONTENT), event.text("content"));
            case "contentEnd" -> new InputEvent.ContentEnd(event.text(PROMPT), event.text(CONTENT));
            case "promptEnd" -> new InputEvent.PromptEnd(event.text(PROMPT));
            case "sessionEnd" -> new InputEvent.SessionEnd();
            default -> throw new MalformedEventException("an event of an unknown kind");
        };
    }

    private static InputEvent session(EventFields event) {
        if (event.has("endpointingSensitivity")) {
            throw new MalformedEventException("endpointingSensitivity outside of turnDetectionConfiguration");
        }
        Inference standard = Inference.defaults();
        String at = "inferenceConfiguration.";
        return new InputEvent.SessionStart(
                new Inference(event.number(at + "maxTokens", standard.maxTokens()),
                        event.fraction(at + "topP", standard.topP()),
                        event.fraction(at + "temperature", standard.temperature())),
                event.has(TURNS) ? Optional.of(event.one(TURNS, Sensitivity.class)) : Optional.empty());
    }

    private static InputEvent prompt(EventFields event) {
        var tools = new ArrayList<ToolSpec>();
        String tool = "toolConfiguration.tools.0.toolSpec";
        while (event.has(tool)) {
            tools.add(new ToolSpec(event.text(tool + ".name"), event.text(tool + ".description", ""),
                    event.text(tool + ".inputSchema.json")));
            tool = "toolConfiguration.tools." + tools.size() + ".toolSpec";
        }
        return new InputEvent.PromptStart(event.text(PROMPT), event.text("audioOutputConfiguration.voiceId"),
                event.number("audioOutputConfiguration.sampleRateHertz", 24_000), tools);
    }

    private static InputEvent block(EventFields event) {
        Body body = switch (event.text("type")) {
            case "TEXT" -> new Body.Text();
            case "AUDIO" -> new Body.Audio(event.number("audioInputConfiguration.sampleRateHertz", 16_000));
            case "TOOL" -> new Body.Tool(event.text("toolResultInputConfiguration.toolUseId"));
            default -> throw new MalformedEventException("contentStart of an unknown type");
        };
        return new InputEvent.ContentStart(event.text(PROMPT), event.text(CONTENT),
                event.one("role", Role.class), event.yes("interactive"), body);
    }
}
