package dev.parley.voice;

import java.util.List;

/**
 * Settings of a stream, fixed for its life.
 *
 * @param voiceId     one of {@link SpeechModel#voices()}; a model given an unknown id uses its default voice
 * @param inference   limits and sampling of the answer
 * @param sensitivity how short a pause ends the user's turn
 * @param tools       tools that the model may call
 * @param pausable    whether the listener's player stops at {@link ModelEvent.Paused}; a model may ignore it
 * @param replay      whether audio that the network delays or loses comes later: then a gap in it is not silence; a model may ignore it
 * @param portable    whether the conversation may go on at another server: a model with a state of its own then sends
 *                    {@link ModelEvent.Snapshot}
 * @param continues   the earlier part of the conversation; {@link Continuation#none()} if it begins
 */
public record StreamSettings(String voiceId, Inference inference, Sensitivity sensitivity,
        List<ToolSpec> tools, boolean pausable, boolean replay, boolean portable, Continuation continues) {

    public StreamSettings {
        tools = List.copyOf(tools);
    }

    /** Creates settings for a conversation that begins, and stays at its server. */
    public StreamSettings(String voiceId, Inference inference, Sensitivity sensitivity, List<ToolSpec> tools,
            boolean pausable, boolean replay) {
        this(voiceId, inference, sensitivity, tools, pausable, replay, false, Continuation.none());
    }

    /** Creates settings for a listener whose player cannot pause, and whose lost audio does not come again. */
    public StreamSettings(String voiceId, Inference inference, Sensitivity sensitivity,
            List<ToolSpec> tools) {
        this(voiceId, inference, sensitivity, tools, false, false);
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

    /**
     * A tool as the model sees it.
     *
     * @param inputSchema a JSON schema as text
     * @param readOnly    whether a call changes nothing, so that it may be made before the user's turn is sure to be over
     */
    public record ToolSpec(String name, String description, String inputSchema, boolean readOnly) {

        /** Creates the description of a tool that may change something. */
        public ToolSpec(String name, String description, String inputSchema) {
            this(name, description, inputSchema, false);
        }

        /** Returns the same description for a tool whose calls change nothing. */
        public ToolSpec asReadOnly() {
            return new ToolSpec(name, description, inputSchema, true);
        }
    }
}
