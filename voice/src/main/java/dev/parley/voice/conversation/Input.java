package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserCommand;

/** An input of a {@link Conversation}. */
public sealed interface Input {

    /**
     * A command of the browser.
     *
     * @param wantsAck whether the browser gave a callback; if so exactly one {@link Effect.Acknowledge} is among the effects
     */
    record FromBrowser(BrowserCommand command, boolean wantsAck) implements Input {
        public FromBrowser(BrowserCommand command) {
            this(command, false);
        }
    }

    /** An event of the model stream that was opened under this number; one of another stream than the current is dropped. */
    record FromModel(int stream, ModelEvent event) implements Input {}

    /** A tool is done: the effect that started it, and its answer, a JSON object as text. A failed tool answers {@code {"error":"…"}}. */
    record ToolFinished(Effect.RunTool call, String json) implements Input {}

    /** Something the assistant shall say unasked, for example that a timer is due. Dropped when no conversation is open. */
    record Notice(String text) implements Input {}

    /** The instant asked for by {@link Effect.Wake} has come. A tick too early or too many does no harm. */
    record Tick() implements Input {}

    /** The socket is gone, for whatever reason. Nothing the conversation is told afterwards has an effect. */
    record Disconnected(String reason) implements Input {}
}
