package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.SessionConfig;

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

    /** An event of the model stream that was opened with this number. Events of any stream but the current one are dropped. */
    record FromModel(int stream, ModelEvent event) implements Input {}

    /**
     * The end of a tool: the effect that started it, and its result, a JSON object as text. A failed tool returns {@code {"error":"…"}}.
     */
    record ToolFinished(Effect.RunTool call, String json) implements Input {}

    /** A text for the assistant to say unprompted, for example that a timer is due. Dropped when no conversation is open. */
    record Notice(String text) implements Input {}

    /** The browser goes on with a conversation that another server held. It may have other settings of its player than before. */
    record Continued(SessionConfig wanted) implements Input {}

    /** The instant requested by {@link Effect.Wake} has come. An early or an extra tick does no harm. */
    record Tick() implements Input {}

    /** The socket is closed, for any reason. Later inputs have no effect. */
    record Disconnected(String reason) implements Input {}
}
