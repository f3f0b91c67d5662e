package dev.parley.nova;

import dev.parley.nova.event.OutputEvent;
import dev.parley.nova.event.OutputEvent.Role;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Interprets the output of one stream: whole texts, speech, tool calls, and one interruption where the service reports it two or three times.
 * The marker of an interruption is never passed on, nor is speech of a block opened before it. Not thread-safe.
 */
final class OutputInterpreter {

    /** The literal content that marks an interruption; its spacing varies. */
    private static final Pattern MARKER = Pattern.compile("\\s*\\{\\s*\"interrupted\"\\s*:\\s*true\\s*}\\s*");
    private static final int MAX_OPEN = 64;
    private static final int MAX_TEXT = 64_000;

    private final Map<String, Block> open = new LinkedHashMap<>();
    private final Set<String> stale = new LinkedHashSet<>();
    private boolean interrupted;
    /** The sentences announced since the last interruption, and those announced before it. */
    private Deque<String> announced = new ArrayDeque<>();
    private Deque<String> cutOff = new ArrayDeque<>();

    private record Block(OutputEvent.Type type, Role role, Optional<Stage> stage, StringBuilder text) {}

    List<ModelEvent> on(OutputEvent event) {
        var out = new ArrayList<ModelEvent>(2);
        switch (event) {
            case OutputEvent.ContentStart(var id, var type, var role, var stage) ->
                start(id, new Block(type, role, stage, new StringBuilder()));
            case OutputEvent.TextOutput(var id, var role, var text) -> text(id, role, text, out);
            case OutputEvent.AudioOutput(var id, var pcm) -> audio(id, pcm, out);
            case OutputEvent.ToolUse(var _id, var use, var name, var arguments) ->
                out.add(new ModelEvent.ToolCall(use, name, arguments));
            case OutputEvent.ContentEnd(var id, var type, var stop) -> end(id, type, stop, out);
            case OutputEvent.UsageEvent(var total) -> out.add(total);
            case OutputEvent.CompletionStart _start -> {}
            case OutputEvent.CompletionEnd _end -> {} // it ends the prompt, not a turn
            case OutputEvent.Other _other -> {}
        }
        return out;
    }

    private void start(String id, Block block) {
        open.put(id, block);
        trim(open.keySet());
        if (block.role() == Role.ASSISTANT && (block.type() == OutputEvent.Type.AUDIO
                || block.stage().filter(Stage.SPECULATIVE::equals).isPresent())) {
            interrupted = false;
        }
    }

    private void text(String id, Role role, String text, List<ModelEvent> out) {
        if (MARKER.matcher(text).matches()) {
            open.remove(id);
            interrupt(out);
            return;
        }
        Block block = open.computeIfAbsent(id, unannounced -> new Block(OutputEvent.Type.TEXT, role,
                Optional.of(Stage.FINAL), new StringBuilder()));
        if (block.text().length() + text.length() <= MAX_TEXT) {
            block.text().append(text);
        }
    }

    private void audio(String id, byte[] pcm, List<ModelEvent> out) {
        if (pcm.length > 1 && !stale.contains(id)) {
            out.add(new ModelEvent.Audio(id, pcm));
        }
    }

    private void end(String id, OutputEvent.Type type, StopReason stop, List<ModelEvent> out) {
        Block block = open.remove(id);
        boolean wasStale = stale.contains(id);
        boolean late = stop == StopReason.INTERRUPTED && block != null && belongsToInterrupted(block);
        if (stop == StopReason.INTERRUPTED && !late) {
            interrupt(out);
        }
        switch (type) {
            case AUDIO -> {
                if (!wasStale && stop != StopReason.INTERRUPTED) {
                    out.add(new ModelEvent.AudioEnd(id, stop));
                }
            }
            case TEXT -> {
                if (block != null && !block.text().isEmpty()) {
                    said(id, block, late ? StopReason.PARTIAL_TURN : stop, out);
                }
            }
            case TOOL -> {}
        }
    }

    private void said(String id, Block block, StopReason stop, List<ModelEvent> out) {
        String text = block.text().toString();
        if (block.role() == Role.USER) {
            out.add(new ModelEvent.UserText(id, text));
            return;
        }
        Stage stage = block.stage().orElse(Stage.FINAL);
        if (stage == Stage.SPECULATIVE && announced.size() < MAX_OPEN) {
            announced.add(text);
        }
        if (stage == Stage.FINAL || !stale.contains(id)) {
            out.add(new ModelEvent.AssistantText(id, stage, text, stop));
        }
    }

    /** Returns whether the text belongs to an answer that was interrupted before, so that the present answer goes on. */
    private boolean belongsToInterrupted(Block block) {
        String text = block.text().toString();
        return block.type() == OutputEvent.Type.TEXT && block.role() == Role.ASSISTANT && !text.isBlank()
                && announced.stream().noneMatch(sentence -> sentence.startsWith(text))
                && cutOff.stream().anyMatch(sentence -> sentence.startsWith(text));
    }

    private void interrupt(List<ModelEvent> out) {
        open.forEach((id, block) -> {
            if (block.role() == Role.ASSISTANT && block.stage().filter(Stage.FINAL::equals).isEmpty()) {
                stale.add(id);
            }
        });
        trim(stale);
        if (!interrupted) {
            interrupted = true;
            cutOff = announced;
            announced = new ArrayDeque<>();
            out.add(new ModelEvent.Interrupted());
        }
    }

    private static void trim(Set<String> ids) {
        if (ids.size() > MAX_OPEN) {
            ids.remove(ids.iterator().next());
        }
    }
}
