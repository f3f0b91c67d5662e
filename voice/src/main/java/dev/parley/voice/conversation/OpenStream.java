package dev.parley.voice.conversation;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.BrowserEvent.Origin;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import java.util.List;

/**
 * A stream to the model, from its opening until it is told to close, fails or ends. Stores the settings that it was opened with and the
 * state of its answer.
 */
final class OpenStream {

    private final StreamSettings settings;
    private final String prompt;
    private final Origin origin;
    private final Answer answer;
    private final ToolCalls tools;
    private final ToolResults found;
    private boolean listens;
    private boolean begun;
    private boolean answered;
    private Usage used = new Usage(0, 0, 0, 0);

    OpenStream(Origin origin, StreamSettings settings, String prompt, AudioFormat format, ToolCalls tools,
            ToolResults found) {
        this.origin = origin;
        this.settings = settings;
        this.prompt = prompt;
        this.answer = new Answer(origin, format);
        this.tools = tools;
        this.found = found;
    }

    int number() {
        return origin.stream();
    }

    /** Returns whether the stream was opened with this prompt and this voice. */
    boolean uses(String text, String voiceId) {
        return prompt.equals(text) && voice().equals(voiceId);
    }

    String voice() {
        return settings.voiceId();
    }

    /** Returns whether {@code audioStart} was handled, so that audio goes to the model. */
    boolean listens() {
        return listens;
    }

    void listen() {
        listens = true;
    }

    /** Returns true once, at the stream's first event. */
    boolean begins() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /**
     * Passes an event of the model to the browser. The caller handles the end of the stream.
     *
     * @return whether the event is new: speech that was interrupted is dropped
     */
    boolean on(ModelEvent event, List<Effect> out) {
        if (!answered) {
            answered = true;
            send(new BrowserEvent.CompletionStart(origin), out);
        }
        switch (event) {
            case ModelEvent.UserText user -> answer.userText(user, out);
            case ModelEvent.AssistantText said -> answer.text(said, out);
            case ModelEvent.Audio piece -> {
                return answer.audio(piece, out);
            }
            case ModelEvent.AudioEnd end -> answer.audioEnd(end, out);
            case ModelEvent.Interrupted _interrupted -> answer.interrupt(out);
            case ModelEvent.Paused _paused -> send(new BrowserEvent.AnswerPaused(origin), out);
            case ModelEvent.Resumed _resumed -> send(new BrowserEvent.AnswerResumed(origin), out);
            case ModelEvent.SelfHeard _selfHeard -> send(new BrowserEvent.SelfHeard(origin), out);
            case ModelEvent.QuestionLost _lost -> send(new BrowserEvent.QuestionLost(origin), out);
            case ModelEvent.Superseded _superseded -> send(new BrowserEvent.TurnSuperseded(origin), out);
            case ModelEvent.ToolCall call -> toolCall(call, out);
            case ModelEvent.Usage usage -> {
                send(new BrowserEvent.TokensUsed(origin, since(usage), usage), out);
                used = usage;
            }
            case ModelEvent.Snapshot _snapshot ->
                throw new IllegalArgumentException("Snapshot is not for an open stream");
            case ModelEvent.Moved _moved ->
                throw new IllegalArgumentException("Moved is not for an open stream");
            case ModelEvent.Ended _ended ->
                throw new IllegalArgumentException("Ended is not for an open stream");
            case ModelEvent.Failed _failed ->
                throw new IllegalArgumentException("Failed is not for an open stream");
        }
        return true;
    }

    /** Passes on the result of a tool that runs for this stream. Drops any other result. */
    void toolFinished(Effect.RunTool call, String json, List<Effect> out) {
        if (call.stream() == number() && tools.finish(call.toolUseId())) {
            String checked = ToolCalls.checked(json);
            found.add(call, checked);
            answerTool(call.toolUseId(), checked, out);
        }
    }

    private void toolCall(ModelEvent.ToolCall call, List<Effect> out) {
        if (tools.isOpen(call)) {
            return;
        }
        send(new BrowserEvent.ToolStart(origin, call.toolUseId()), out);
        send(new BrowserEvent.ToolUse(origin, call.toolUseId(), call.name(), call.arguments()), out);
        found.found(call.name(), call.arguments())
                .or(() -> tools.refuse(call))
                .ifPresentOrElse(known -> answerTool(call.toolUseId(), known, out), () -> out
                        .add(new Effect.RunTool(number(), call.toolUseId(), call.name(), call.arguments())));
    }

    private void answerTool(String toolUseId, String json, List<Effect> out) {
        out.add(new Effect.ToModel(number(), new ModelCommand.ToolResult(toolUseId, json)));
        send(new BrowserEvent.ToolResult(toolUseId, json), out);
    }

    private Usage since(Usage total) {
        return new Usage(total.inputSpeech() - used.inputSpeech(), total.inputText() - used.inputText(),
                total.outputSpeech() - used.outputSpeech(), total.outputText() - used.outputText());
    }

    private static void send(BrowserEvent event, List<Effect> out) {
        out.add(new Effect.ToBrowser(event));
    }
}
