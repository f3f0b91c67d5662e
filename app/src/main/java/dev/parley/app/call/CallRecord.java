package dev.parley.app.call;

import dev.parley.app.transcript.Transcript;
import dev.parley.app.transcript.Transcripts;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.conversation.Conversation;
import dev.parley.voice.conversation.ConversationOptions.Limits;
import dev.parley.voice.conversation.Effect;
import dev.parley.voice.conversation.Input;
import dev.parley.voice.conversation.TurnLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks on as a call takes inputs and carries out effects, and puts down what is said: into the log if that may hold it, and into a transcript if
 * such are kept. Belongs to the call's owner; never waits.
 */
final class CallRecord {

    private static final Logger LOG = LoggerFactory.getLogger(CallRecord.class);
    private static final int LONGEST = 4_000;

    private final String socket;
    private final boolean logged;
    private final Optional<Transcripts> kept;
    private TurnLog turns = new TurnLog(Limits.defaults());
    private @Nullable Transcript transcript;
    private int stream = -1;

    /** @param logged whether the log may hold what is said */
    CallRecord(String socket, boolean logged, Optional<Transcripts> kept) {
        this.socket = socket;
        this.logged = logged;
        this.kept = kept;
    }

    /** The conversation was given the input and wants these effects. */
    void happened(Input input, List<Effect> effects, Conversation conversation, Instant now) {
        if (!logged && kept.isEmpty()) {
            return;
        }
        switch (input) {
            case Input.FromBrowser(var command, var _ask) -> {
                if ((command instanceof BrowserCommand.Initialize
                        || command instanceof BrowserCommand.NewChat) && conversation.history().isEmpty()) {
                    begin();
                }
            }
            case Input.FromModel(var number, var event) -> {
                if (number == stream) {
                    told(event, now);
                }
            }
            case Input.ToolFinished _done -> {}
            case Input.Notice _notice -> {}
            case Input.Tick _tick -> {}
            case Input.Disconnected _gone -> {}
        }
        effects.forEach(effect -> effect(effect, now));
    }

    /** Another conversation: its words are not the last one's. */
    private void begin() {
        turns = new TurnLog(Limits.defaults());
        transcript = null;
        stream = -1;
    }

    private void told(ModelEvent event, Instant now) {
        OptionalInt turn = turns.on(event);
        switch (event) {
            case ModelEvent.UserText(var _block, var text) -> {
                log("the user said", "text", text);
                turn.ifPresent(number -> keep(now, number, "user", text));
            }
            case ModelEvent.AssistantText said -> {
                if (said.stage() == ModelEvent.Stage.FINAL) {
                    log("the assistant said", "text", said.text());
                    turn.ifPresent(number -> keep(now, number, "assistant", said.text()));
                }
            }
            case ModelEvent.ToolCall(var _use, var tool, var arguments) ->
                log("the model calls " + tool, "arguments", arguments);
            case ModelEvent.Audio _any -> {}
            case ModelEvent.AudioEnd _any -> {}
            case ModelEvent.Interrupted _any -> {}
            case ModelEvent.Usage _any -> {}
            case ModelEvent.Moved _any -> {}
            case ModelEvent.Ended _any -> {}
            case ModelEvent.Failed _any -> {}
        }
    }

    private void effect(Effect effect, Instant now) {
        switch (effect) {
            case Effect.OpenModel open -> stream = open.stream();
            case Effect.ToModel(var _stream, var command) -> toModel(command, now);
            case Effect.ToBrowser _any -> {}
            case Effect.Acknowledge _any -> {}
            case Effect.RunTool _any -> {}
            case Effect.Wake _any -> {}
            case Effect.Ended _any -> {}
        }
    }

    private void toModel(ModelCommand command, Instant now) {
        switch (command) {
            case ModelCommand.SystemPrompt(var text) -> log("the prompt", "text", text);
            case ModelCommand.Text(var text) -> {
                log("the user typed", "text", text);
                keep(now, turns.typed(text), "user", text);
            }
            case ModelCommand.Notice(var text) -> log("the assistant is to say", "text", text);
            case ModelCommand.ToolResult(var _use, var json) -> log("a tool answered", "result", json);
            case ModelCommand.Audio _sound -> {}
            case ModelCommand.Close _close -> {}
        }
    }

    private void keep(Instant now, int turn, String role, String text) {
        if (kept.isPresent()) {
            Transcript open = transcript == null ? kept.get().begin() : transcript;
            transcript = open;
            open.add(now, turn, role, text);
        }
    }

    private void log(String what, String name, String text) {
        if (logged) {
            LOG.atInfo()
                    .addKeyValue("socket", socket)
                    .addKeyValue(name, text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
                    .log(what);
        }
    }
}
