package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.BrowserEvent.ContentType;
import dev.parley.voice.contract.BrowserEvent.Origin;
import dev.parley.voice.contract.BrowserEvent.Role;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns the texts and the speech of one model stream into events for the browser. It opens and closes the browser's blocks, merges repeated
 * interruptions into one, and drops speech that was interrupted.
 */
final class Answer {

    private static final int REMEMBERED = 256;

    private final Origin origin;
    private final AudioFormat format;
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> spoken = new LinkedHashSet<>();
    private final Set<String> stale = new LinkedHashSet<>();
    private boolean interrupted;
    private String lastText = "";

    Answer(Origin origin, AudioFormat format) {
        this.origin = origin;
        this.format = format;
    }

    void userText(ModelEvent.UserText user, List<Effect> out) {
        send(new BrowserEvent.TextStart(origin, user.blockId(), Role.USER, ModelEvent.Stage.FINAL), out);
        send(new BrowserEvent.TextOutput(origin, user.blockId(), Role.USER, user.text()), out);
        send(new BrowserEvent.ContentEnd(origin, user.blockId(), ContentType.TEXT, Role.USER,
                StopReason.PARTIAL_TURN), out);
    }

    void text(ModelEvent.AssistantText said, List<Effect> out) {
        if (said.stage() == ModelEvent.Stage.SPECULATIVE) {
            interrupted = false;
        }
        lastText = said.blockId();
        send(new BrowserEvent.TextStart(origin, said.blockId(), Role.ASSISTANT, said.stage()), out);
        send(new BrowserEvent.TextOutput(origin, said.blockId(), Role.ASSISTANT, said.text()), out);
        if (said.stop() != StopReason.INTERRUPTED) {
            end(said.blockId(), ContentType.TEXT, said.stop(), out);
        } else if (interrupted) {
            // The browser has received INTERRUPTED already; a second one would cut off the next answer.
            end(said.blockId(), ContentType.TEXT, StopReason.END_TURN, out);
        } else {
            interrupt(out);
        }
    }

    /** Passes on a piece of speech and returns whether it did so. */
    boolean audio(ModelEvent.Audio piece, List<Effect> out) {
        if (piece.pcm().length == 0 || stale.contains(piece.blockId())) {
            return false;
        }
        interrupted = false;
        if (open.add(piece.blockId())) {
            remember(spoken, piece.blockId());
            trim(open);
            send(new BrowserEvent.SpeechStart(origin, piece.blockId()), out);
        }
        send(new BrowserEvent.AudioOutput(piece.blockId(), piece.pcm(), format), out);
        return true;
    }

    void audioEnd(ModelEvent.AudioEnd end, List<Effect> out) {
        if (stale.contains(end.blockId()) || !open.contains(end.blockId())) {
            return;
        }
        if (end.stop() == StopReason.INTERRUPTED) {
            interrupt(out);
        } else {
            open.remove(end.blockId());
            end(end.blockId(), ContentType.AUDIO, end.stop(), out);
        }
    }

    /** Closes all open blocks. The browsers clear their player on the TEXT end, and only on that one. */
    void interrupt(List<Effect> out) {
        open.forEach(block -> end(block, ContentType.AUDIO, StopReason.INTERRUPTED, out));
        spoken.forEach(block -> remember(stale, block));
        open.clear();
        spoken.clear();
        interrupted = true;
        end(lastText.isEmpty() ? "interruption" : lastText, ContentType.TEXT, StopReason.INTERRUPTED, out);
        send(new BrowserEvent.BargeIn(origin), out);
        send(new BrowserEvent.StreamInterrupted(origin), out);
    }

    private void end(String block, ContentType type, StopReason stop, List<Effect> out) {
        send(new BrowserEvent.ContentEnd(origin, block, type, Role.ASSISTANT, stop), out);
    }

    private static void send(BrowserEvent event, List<Effect> out) {
        out.add(new Effect.ToBrowser(event));
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
