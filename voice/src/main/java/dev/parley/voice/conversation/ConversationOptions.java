package dev.parley.voice.conversation;

import dev.parley.voice.SpeechModel.Voice;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Options that all conversations of a server share. Immutable.
 *
 * @param voices       voices of the model, at least one, the default first
 * @param tools        tools that the assistant may call
 * @param personas     personas of the assistant, at least one, the default first
 * @param typedText    whether the model answers typed text
 * @param inference    used where the browser specifies none
 * @param sensitivity  used where the browser specifies none
 * @param inactivity   timeout of a conversation in which the user says and types nothing, and the assistant does nothing; it is then closed
 * @param longest      time after which a stream is closed in any case; announced a minute before; zero is without limit
 * @param closeWait    timeout for the model to close before {@code sessionClosed} is sent
 * @param audioGrace   time after the end of a conversation in which audio is dropped without an error
 * @param portable     whether conversations may go on at other servers
 * @param limits       maximum sizes
 */
public record ConversationOptions(List<Voice> voices, List<ToolSpec> tools, List<Persona> personas,
        boolean typedText, Inference inference, Sensitivity sensitivity, Duration inactivity,
        Duration longest, Duration closeWait, Duration audioGrace, boolean portable, Limits limits) {

    public ConversationOptions {
        voices = List.copyOf(voices);
        tools = List.copyOf(tools);
        personas = List.copyOf(personas);
        if (personas.isEmpty()) {
            throw new IllegalArgumentException("a conversation needs at least one persona");
        }
        if (voices.isEmpty()) {
            throw new IllegalArgumentException("a conversation needs at least one voice");
        }
    }

    /** Returns the defaults for a model with these voices and a server with these tools. */
    public static ConversationOptions defaults(List<Voice> voices, List<ToolSpec> tools) {
        return new ConversationOptions(voices, tools, List.of(Persona.plain(
                "You are a friendly assistant. Answer in one or two short sentences, as people do when they talk.")),
                true, Inference.defaults(), Sensitivity.MEDIUM, Duration.ofMinutes(5), Duration.ofMinutes(60),
                Duration.ofSeconds(3), Duration.ofSeconds(5), false, Limits.defaults());
    }

    /** Replaces the instructions of the first persona. */
    public ConversationOptions withSystemPrompt(String text) {
        var all = new ArrayList<>(personas);
        all.set(0, all.getFirst().withPrompt(text));
        return withPersonas(all);
    }

    public ConversationOptions withPersonas(List<Persona> all) {
        return new ConversationOptions(voices, tools, all, typedText, inference, sensitivity, inactivity,
                longest, closeWait, audioGrace, portable, limits);
    }

    public ConversationOptions withTools(List<ToolSpec> all) {
        return new ConversationOptions(voices, all, personas, typedText, inference, sensitivity, inactivity,
                longest, closeWait, audioGrace, portable, limits);
    }

    public ConversationOptions withTypedText(boolean value) {
        return new ConversationOptions(voices, tools, personas, value, inference, sensitivity, inactivity,
                longest, closeWait, audioGrace, portable, limits);
    }

    public ConversationOptions withInference(Inference value) {
        return new ConversationOptions(voices, tools, personas, typedText, value, sensitivity, inactivity,
                longest, closeWait, audioGrace, portable, limits);
    }

    public ConversationOptions withSensitivity(Sensitivity value) {
        return new ConversationOptions(voices, tools, personas, typedText, inference, value, inactivity,
                longest, closeWait, audioGrace, portable, limits);
    }

    public ConversationOptions withInactivity(Duration value) {
        return new ConversationOptions(voices, tools, personas, typedText, inference, sensitivity, value,
                longest, closeWait, audioGrace, portable, limits);
    }

    public ConversationOptions withLongest(Duration value) {
        return new ConversationOptions(voices, tools, personas, typedText, inference, sensitivity, inactivity,
                value, closeWait, audioGrace, portable, limits);
    }

    public ConversationOptions withPortable(boolean value) {
        return new ConversationOptions(voices, tools, personas, typedText, inference, sensitivity, inactivity,
                longest, closeWait, audioGrace, value, limits);
    }

    public ConversationOptions withLimits(Limits value) {
        return new ConversationOptions(voices, tools, personas, typedText, inference, sensitivity, inactivity,
                longest, closeWait, audioGrace, portable, value);
    }

    /** Returns the persona with that id. */
    Optional<Persona> persona(String id) {
        return personas.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /**
     * Maximum amounts that a conversation keeps.
     *
     * @param waitChunks   pieces of audio kept until {@code audioStart}; the oldest is dropped
     * @param waitBytes    bytes of that audio: 16 s
     * @param openTools    tools running at once
     * @param historyTurns turns kept
     * @param historyChars characters kept in these turns
     */
    public record Limits(int waitChunks, int waitBytes, int openTools, int historyTurns, int historyChars) {

        public static Limits defaults() {
            return new Limits(512, 512 * 1024, 8, 40, 40_000);
        }
    }
}
