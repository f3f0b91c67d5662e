package dev.parley.emulator;

import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputEvent.Role;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Sends output in the service's format. Each text and each sentence of speech is a block with a start and an end. Not thread-safe. */
public final class Voice {

    /** Text that the service sends when the user speaks over the assistant. */
    private static final String MARKER = "{ \"interrupted\" : true }";

    private final Consumer<OutputEvent> out;
    private final Consumer<String> failure;
    private boolean begun;
    private String speech = "";

    /**
     * Creates the voice of one stream.
     *
     * @param failure ends the stream with the named exception
     */
    Voice(Consumer<OutputEvent> out, Consumer<String> failure) {
        this.out = out;
        this.failure = failure;
    }

    /** Sends a whole text. */
    public void text(Role role, Stage stage, String text, StopReason stop) {
        String block = block(OutputEvent.Type.TEXT, role, Optional.of(stage));
        out.accept(new OutputEvent.TextOutput(block, role, text));
        out.accept(new OutputEvent.ContentEnd(block, OutputEvent.Type.TEXT, stop));
    }

    /** Sends a piece of speech: PCM, 24 kHz, mono, 16-bit little-endian. */
    public void speech(byte[] pcm) {
        if (speech.isEmpty()) {
            speech = block(OutputEvent.Type.AUDIO, Role.ASSISTANT, Optional.empty());
        }
        out.accept(new OutputEvent.AudioOutput(speech, pcm));
    }

    /** Ends the sentence of the speech sent so far. */
    public void speechEnds(StopReason stop) {
        if (!speech.isEmpty()) {
            out.accept(new OutputEvent.ContentEnd(speech, OutputEvent.Type.AUDIO, stop));
            speech = "";
        }
    }

    /** Reports an interruption, in both ways that the service does. */
    public void interrupted() {
        text(Role.ASSISTANT, Stage.FINAL, MARKER, StopReason.INTERRUPTED);
        speechEnds(StopReason.INTERRUPTED);
    }

    /** Sends a tool call; {@code arguments} is JSON as text. */
    public void toolUse(String id, String name, String arguments) {
        String block = block(OutputEvent.Type.TOOL, Role.TOOL, Optional.empty());
        out.accept(new OutputEvent.ToolUse(block, id, name, arguments));
        out.accept(new OutputEvent.ContentEnd(block, OutputEvent.Type.TOOL, StopReason.TOOL_USE));
    }

    /** Sends any other event. */
    public void event(OutputEvent event) {
        out.accept(event);
    }

    /** Ends the stream with the named exception. */
    public void fail(String exception) {
        failure.accept(exception);
    }

    private String block(OutputEvent.Type type, Role role, Optional<Stage> stage) {
        if (!begun) {
            begun = true;
            out.accept(new OutputEvent.CompletionStart());
        }
        String id = UUID.randomUUID().toString();
        out.accept(new OutputEvent.ContentStart(id, type, role, stage));
        return id;
    }
}
