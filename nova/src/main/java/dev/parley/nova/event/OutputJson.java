package dev.parley.nova.event;

import dev.parley.nova.event.OutputEvent.Role;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Reads and writes {@link OutputEvent} as JSON. Stateless; any thread. */
public final class OutputJson {

    private static final String STAGE = "\"generationStage\"";
    private static final String TOTAL = "details.total.";

    private OutputJson() {}

    /**
     * Reads one event.
     *
     * @throws MalformedEventException for bytes that are not an event, or an event without a field that its kind requires
     */
    public static OutputEvent read(byte[] json) {
        EventFields event = EventFields.read(json);
        return switch (event.name()) {
            case "completionStart" -> new OutputEvent.CompletionStart();
            case "contentStart" -> new OutputEvent.ContentStart(event.text("contentId"),
                    event.one("type", OutputEvent.Type.class), event.one("role", Role.class),
                    stage(event.text("additionalModelFields", "")));
            case "textOutput" -> new OutputEvent.TextOutput(event.text("contentId"),
                    event.oneOf("role", Role.class).orElse(Role.ASSISTANT), event.text("content"));
            case "audioOutput" ->
                new OutputEvent.AudioOutput(event.text("contentId"), event.bytes("content"));
            case "toolUse" -> new OutputEvent.ToolUse(event.text("contentId"), event.text("toolUseId"),
                    event.text("toolName"), event.text("content", "{}"));
            case "contentEnd" ->
                new OutputEvent.ContentEnd(event.text("contentId"), event.one("type", OutputEvent.Type.class),
                        event.oneOf("stopReason", StopReason.class).orElse(StopReason.PARTIAL_TURN));
            case "usageEvent" ->
                new OutputEvent.UsageEvent(new Usage(event.number(TOTAL + "input.speechTokens", 0),
                        event.number(TOTAL + "input.textTokens", 0),
                        event.number(TOTAL + "output.speechTokens", 0),
                        event.number(TOTAL + "output.textTokens", 0)));
            case "completionEnd" -> new OutputEvent.CompletionEnd();
            default -> new OutputEvent.Other(event.name());
        };
    }

    /** Returns the stage, which is JSON within a string: {@code "{\"generationStage\":\"FINAL\"}"}. */
    private static Optional<Stage> stage(String fields) {
        if (!fields.contains(STAGE)) {
            return Optional.empty();
        }
        return Optional.of(fields.contains("SPECULATIVE") ? Stage.SPECULATIVE : Stage.FINAL);
    }

    /** Returns the event as UTF-8 JSON in its envelope, as the service writes it. */
    public static byte[] write(OutputEvent event, Ids ids) {
        return switch (event) {
            case OutputEvent.CompletionStart _start -> with("completionStart", ids, json -> {});
            case OutputEvent.ContentStart start -> with("contentStart", ids, json -> start(json, start));
            case OutputEvent.TextOutput(var block, var role, var text) ->
                with("textOutput", ids, json -> block(json, block).writeStringProperty("role", role.name())
                        .writeStringProperty("content", text));
            case OutputEvent.AudioOutput(var block, var pcm) ->
                with("audioOutput", ids, json -> block(json, block).writeStringProperty("role", "ASSISTANT")
                        .writeStringProperty("content", base64(pcm)));
            case OutputEvent.ToolUse(var block, var id, var name, var arguments) -> with("toolUse", ids,
                    json -> block(json, block).writeStringProperty("toolUseId", id)
                            .writeStringProperty("toolName", name)
                            .writeStringProperty("role", "TOOL")
                            .writeStringProperty("content", arguments));
            case OutputEvent.ContentEnd(var block, var type, var stop) ->
                with("contentEnd", ids, json -> block(json, block).writeStringProperty("type", type.name())
                        .writeStringProperty("stopReason", stop.name()));
            case OutputEvent.UsageEvent(var total) -> with("usageEvent", ids, json -> usage(json, total));
            case OutputEvent.CompletionEnd _end ->
                with("completionEnd", ids, json -> json.writeStringProperty("stopReason", "END_TURN"));
            case OutputEvent.Other(var name) -> with(name, ids, json -> {});
        };
    }

    /** The ids that every event of a stream carries. */
    public record Ids(String session, String prompt, String completion) {}

    private static byte[] with(String name, Ids ids, Consumer<JsonGenerator> body) {
        return EventWriter.event(name, json -> {
            json.writeStringProperty("sessionId", ids.session())
                    .writeStringProperty("promptName", ids.prompt())
                    .writeStringProperty("completionId", ids.completion());
            body.accept(json);
        });
    }

    private static JsonGenerator block(JsonGenerator json, String block) {
        return json.writeStringProperty("contentId", block);
    }

    private static void start(JsonGenerator json, OutputEvent.ContentStart start) {
        block(json, start.block()).writeStringProperty("type", start.type().name())
                .writeStringProperty("role", start.role().name());
        start.stage()
                .ifPresent(stage -> json.writeStringProperty("additionalModelFields",
                        "{" + STAGE + ":\"" + stage.name() + "\"}"));
        switch (start.type()) {
            case TEXT -> EventWriter.object(json, "textOutputConfiguration",
                    out -> out.writeStringProperty("mediaType", "text/plain"));
            case AUDIO -> EventWriter.object(json, "audioOutputConfiguration",
                    out -> out.writeStringProperty("mediaType", "audio/lpcm")
                            .writeNumberProperty("sampleRateHertz", 24_000)
                            .writeNumberProperty("sampleSizeBits", 16)
                            .writeNumberProperty("channelCount", 1)
                            .writeStringProperty("encoding", "base64"));
            case TOOL -> EventWriter.object(json, "toolUseOutputConfiguration",
                    out -> out.writeStringProperty("mediaType", "application/json"));
        }
    }

    private static void usage(JsonGenerator json, Usage total) {
        int input = total.inputSpeech() + total.inputText();
        int output = total.outputSpeech() + total.outputText();
        json.writeNumberProperty("totalInputTokens", input)
                .writeNumberProperty("totalOutputTokens", output)
                .writeNumberProperty("totalTokens", input + output);
        EventWriter.object(json, "details", details -> EventWriter.object(details, "total", all -> {
            EventWriter.object(all, "input", in -> in.writeNumberProperty("speechTokens", total.inputSpeech())
                    .writeNumberProperty("textTokens", total.inputText()));
            EventWriter.object(all, "output",
                    out -> out.writeNumberProperty("speechTokens", total.outputSpeech())
                            .writeNumberProperty("textTokens", total.outputText()));
        }));
    }

    private static String base64(byte[] pcm) {
        return new String(Base64.getEncoder().encode(pcm), StandardCharsets.ISO_8859_1);
    }
}
