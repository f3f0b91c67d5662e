package dev.parley.emulator;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.InputEvent.ContentStart;
import dev.parley.nova.event.InputEvent.Role;
import dev.parley.nova.event.OutputEvent;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replies with a real speech model, so that the whole path to Nova Sonic can be used offline. Cannot pass history to the model. */
public final class ModelMind implements Mind {

    private static final int MAX_TEXT = 100_000;

    private final SpeechModel model;
    private final Voice voice;
    private final Later later;
    private final Map<String, ContentStart> blocks = new HashMap<>();
    private final Map<String, StringBuilder> texts = new HashMap<>();
    private Sensitivity sensitivity = Sensitivity.MEDIUM;
    private Inference inference = Inference.defaults();
    private @Nullable ModelStream stream;

    public ModelMind(SpeechModel model, Voice voice, Later later) {
        this.model = model;
        this.voice = voice;
        this.later = later;
    }

    @Override
    public void on(InputEvent event) {
        switch (event) {
            case InputEvent.SessionStart(var asked, var turns) -> {
                inference = asked;
                sensitivity = turns.orElse(Sensitivity.MEDIUM);
            }
            case InputEvent.PromptStart(var _name, var voiceId, var _rate, var tools) -> open(voiceId, tools);
            case ContentStart start -> {
                blocks.put(start.content(), start);
                texts.put(start.content(), new StringBuilder());
            }
            case InputEvent.TextInput(var _prompt, var content, var text) -> {
                StringBuilder all = texts.get(content);
                if (all != null && all.length() < MAX_TEXT) {
                    all.append(text);
                }
            }
            case InputEvent.AudioInput(var _prompt, var content, var pcm) -> {
                ContentStart block = blocks.get(content);
                if (block != null && block.interactive() && block.role() == Role.USER) {
                    tell(new ModelCommand.Audio(pcm));
                }
            }
            case InputEvent.ToolResult(var _prompt, var content, var json) -> {
                ContentStart block = blocks.get(content);
                if (block != null && block.body() instanceof Body.Tool(var id)) {
                    tell(new ModelCommand.ToolResult(id, json));
                }
            }
            case InputEvent.ContentEnd(var _prompt, var content) -> ended(content);
            case InputEvent.PromptEnd _end -> {}
            case InputEvent.SessionEnd _end -> {}
        }
    }

    private void ended(String content) {
        ContentStart block = blocks.remove(content);
        StringBuilder text = texts.remove(content);
        if (block != null && text != null && block.body() instanceof Body.Text) {
            if (block.role() == Role.SYSTEM) {
                tell(new ModelCommand.SystemPrompt(text.toString()));
            } else if (block.interactive() && block.role() == Role.USER) {
                tell(new ModelCommand.Text(text.toString()));
            }
        }
    }

    private void open(String voiceId, List<ToolSpec> tools) {
        stream = model.open(new StreamSettings(voiceId, inference, sensitivity, tools),
                event -> later.in(0, () -> say(event)));
    }

    private void tell(ModelCommand command) {
        if (stream != null) {
            stream.send(command);
        }
    }

    private void say(ModelEvent event) {
        switch (event) {
            case ModelEvent.UserText(var _block, var text) ->
                voice.text(OutputEvent.Role.USER, ModelEvent.Stage.FINAL, text, StopReason.PARTIAL_TURN);
            case ModelEvent.AssistantText(var _block, var stage, var text, var stop) ->
                voice.text(OutputEvent.Role.ASSISTANT, stage, text, stop);
            case ModelEvent.Audio(var _block, var pcm) -> voice.speech(pcm);
            case ModelEvent.AudioEnd(var _block, var stop) -> voice.speechEnds(stop);
            case ModelEvent.ToolCall(var id, var name, var arguments) -> voice.toolUse(id, name, arguments);
            case ModelEvent.Interrupted _interrupted -> voice.interrupted();
            // Nova Sonic's protocol has neither a pause nor a superseded turn.
            case ModelEvent.Paused _paused -> {}
            case ModelEvent.Resumed _resumed -> {}
            case ModelEvent.Superseded _superseded -> {}
            case ModelEvent.Snapshot _snapshot -> {}
            case ModelEvent.SelfHeard _selfHeard -> {}
            case ModelEvent.QuestionLost _lost -> {}
            case ModelEvent.Usage used -> voice.event(new OutputEvent.UsageEvent(used));
            case ModelEvent.Moved _moved -> {}
            case ModelEvent.Ended _ended -> {}
            case ModelEvent.Failed _failed -> voice.fail("modelStreamErrorException");
        }
    }

    @Override
    public void close() {
        tell(new ModelCommand.Close());
    }
}
