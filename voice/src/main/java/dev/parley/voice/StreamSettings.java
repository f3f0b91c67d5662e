package dev.parley.voice;

import java.util.List;

/**
 * Settings of a stream, fixed for its life.
 *
 * @param voiceId     one of {@link SpeechModel#voices()}; a model given an unknown id uses its default voice
 * @param inference   limits and sampling of the answer
 * @param sensitivity how short a pause ends the user's turn
 * @param tools       tools that the model may call
 */
public record StreamSettings(String voiceId, Inference inference, Sensitivity sensitivity,
        List<ToolSpec> tools) {

    public StreamSettings {
        tools = List.copyOf(tools);
    }

    /** Nova Sonic's documented defaults: 1024 tokens, top-p 0.9, temperature 0.7. */
    public record Inference(int maxTokens, double topP, double temperature) {
        public static Inference defaults() {
            return new Inference(1024, 0.9, 0.7);
        }
    }

    /** Turn detection: HIGH answers after the shortest pause, LOW waits longest. */
    public enum Sensitivity {
        HIGH,
        MEDIUM,
        LOW
    }

    /** A tool as the model sees it. {@code inputSchema} is a JSON schema as text. */
    public record ToolSpec(String name, String description, String inputSchema) {}
}
