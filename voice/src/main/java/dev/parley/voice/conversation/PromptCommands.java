package dev.parley.voice.conversation;

import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.BrowserEvent;
import org.jspecify.annotations.Nullable;

/** Takes prompt and voice from commands for the next stream, and refuses what the open stream cannot change. Not thread-safe. */
final class PromptCommands {

    private static final String STARTED = " cannot change a conversation that is open; send startNewChat first.";

    private final NextStream next;
    private final Voices voices;
    private final EffectList out;

    PromptCommands(NextStream next, Voices voices, EffectList out) {
        this.next = next;
        this.voices = voices;
        this.out = out;
    }

    /**
     * Handles {@code promptStart}.
     *
     * @param open the open stream; null if there is none
     * @return whether the settings of the next stream were taken
     */
    boolean start(BrowserCommand.PromptStart start, @Nullable OpenStream open) {
        var rate = start.outputSampleRate();
        if (rate != null && rate != 24_000) {
            out.error("Speech is sent at 24000 Hz; leave outputSampleRate out of promptStart.");
        }
        return prepare("promptStart", next.prompt(), start.voiceId(), open);
    }

    /** Handles {@code systemPrompt}, as {@link #start}. */
    boolean prompt(BrowserCommand.SystemPrompt given, @Nullable OpenStream open) {
        return prepare("systemPrompt", given.content() == null ? next.ownPrompt() : given.content(),
                given.voiceId(), open);
    }

    private boolean prepare(String event, String text, @Nullable String voiceId, @Nullable OpenStream open) {
        var wanted = voiceId == null ? next.voice() : voices.orFirst(voiceId);
        if (open == null) {
            next.prompt(text);
            next.voice(wanted);
        } else if (!open.uses(text, voiceId == null ? open.voice() : wanted)) {
            out.error(event + STARTED);
        }
        return open == null;
    }

    /** Handles {@code voiceConfig}. */
    void voice(String voiceId) {
        if (!voices.has(voiceId)) {
            out.error("There is no such voice; the voices are " + voices.names() + ".");
            return;
        }
        next.voice(voiceId);
        out.send(new BrowserEvent.VoiceConfirmed(voiceId));
    }
}
