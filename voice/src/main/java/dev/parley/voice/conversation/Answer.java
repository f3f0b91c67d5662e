package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.StopReason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The words and the speech of one model stream on their way to the browser. It opens and closes the browser's blocks, makes one interruption
 * of however many the model reports, and lets no speech pass that was interrupted.
 */
final class Answer {

    private static final String ASSISTANT = "ASSISTANT";
    private static final int REMEMBERED = 256;

    private final StreamEvents events;
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> spoken = new LinkedHashSet<>();
    private final Set<String> stale = new LinkedHashSet<>();
    private boolean interrupted;
    private String lastText = "";

    Answer(StreamEvents events) {
        this.events = events;
    }

    void userText(ModelEvent.UserText user, List<? super Effect.ToBrowser> out) {
        out.add(events.textStart(user.blockId(), "USER", ModelEvent.Stage.FINAL));
        out.add(events.text(user.blockId(), "USER", user.text()));
        out.add(events.end(user.blockId(), "TEXT", "USER", StopReason.PARTIAL_TURN));
    }

    void text(ModelEvent.AssistantText said, List<? super Effect.ToBrowser> out) {
        if (said.stage() == ModelEvent.Stage.SPECULATIVE) {
            interrupted = false;
        }
        lastText = said.blockId();
        out.add(events.textStart(said.blockId(), ASSISTANT, said.stage()));
        out.add(events.text(said.blockId(), ASSISTANT, said.text()));
        if (said.stop() != StopReason.INTERRUPTED) {
            out.add(events.end(said.blockId(), "TEXT", ASSISTANT, said.stop()));
        } else if (interrupted) {
            // The browser was told already; a second INTERRUPTED would cut off the next answer.
            out.add(events.end(said.blockId(), "TEXT", ASSISTANT, StopReason.END_TURN));
        } else {
            interrupt(out);
        }
    }

    /** Whether it was passed on. */
    boolean audio(ModelEvent.Audio piece, List<? super Effect.ToBrowser> out) {
        if (piece.pcm().length == 0 || stale.contains(piece.blockId())) {
            return false;
        }
        interrupted = false;
        if (open.add(piece.blockId())) {
            remember(spoken, piece.blockId());
            trim(open);
            out.add(events.audioStart(piece.blockId()));
        }
        out.add(events.audio(piece.blockId(), piece.pcm()));
        return true;
    }

    void audioEnd(ModelEvent.AudioEnd end, List<? super Effect.ToBrowser> out) {
        if (stale.contains(end.blockId()) || !open.contains(end.blockId())) {
            return;
        }
        if (end.stop() == StopReason.INTERRUPTED) {
            interrupt(out);
        } else {
            open.remove(end.blockId());
            out.add(events.end(end.blockId(), "AUDIO", ASSISTANT, end.stop()));
        }
    }

    /** Closes what is open. The browsers clear their player on the TEXT end, and only on that one. */
    void interrupt(List<? super Effect.ToBrowser> out) {
        open.forEach(block -> out.add(events.end(block, "AUDIO", ASSISTANT, StopReason.INTERRUPTED)));
        spoken.forEach(block -> remember(stale, block));
        open.clear();
        spoken.clear();
        interrupted = true;
        out.add(events.end(lastText.isEmpty() ? "interruption" : lastText, "TEXT", ASSISTANT,
                StopReason.INTERRUPTED));
        out.add(events.bargeIn());
        out.add(events.streamInterrupted());
    }

    private static void remember(Set<String> blocks, String block) {
        blocks.add(block);
        trim(blocks);
    }

    private static void trim(Set<String> blocks) {
        if (blocks.size() > REMEMBERED) {
            blocks.remove(blocks.iterator().next());
        }
    }
}
