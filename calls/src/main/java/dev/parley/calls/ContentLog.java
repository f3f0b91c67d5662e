package dev.parley.calls;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.conversation.ConversationEvent;
import dev.parley.voice.conversation.ConversationEvent.Source;
import dev.parley.voice.conversation.ConversationEvent.TextFinal;
import dev.parley.voice.conversation.Effect;
import dev.parley.voice.conversation.Turn.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the content of one call into the log: texts, prompts, tool calls and their results. Used only if the log may contain them. */
final class ContentLog {

    private static final Logger LOG = LoggerFactory.getLogger(ContentLog.class);
    private static final int MAX_CHARS = 4_000;

    private final String socket;

    ContentLog(String socket) {
        this.socket = socket;
    }

    void effect(Effect effect) {
        if (effect instanceof Effect.Tell(ConversationEvent event) && event instanceof TextFinal text) {
            log(text.role() == Role.ASSISTANT ? "the assistant said"
                    : text.source() == Source.TYPED ? "the user typed" : "the user said", "text",
                    text.text());
        } else if (effect instanceof Effect.ToBrowser(BrowserEvent event)
                && event instanceof BrowserEvent.ToolUse call) {
            log("the model calls " + call.tool(), "arguments", call.arguments());
        } else if (effect instanceof Effect.ToModel(var _stream, var command)) {
            toModel(command);
        }
    }

    private void toModel(ModelCommand command) {
        switch (command) {
            case ModelCommand.SystemPrompt(var text) -> log("the prompt", "text", text);
            case ModelCommand.Notice(var text) -> log("the assistant is to say", "text", text);
            case ModelCommand.ToolResult(var _use, var json) -> log("a tool answered", "result", json);
            case ModelCommand.Text _logged -> {}
            case ModelCommand.Audio _sound -> {}
            case ModelCommand.Close _close -> {}
        }
    }

    private void log(String what, String name, String text) {
        LOG.atInfo()
                .addKeyValue("socket", socket)
                .addKeyValue(name, text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text)
                .log(what);
    }
}
