package dev.parley.calls;

import dev.parley.assistant.dialogue.Dialogue;
import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.voice.Continuation;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The dialogue of the embedded model without sound and without time: it says each reply at once, and is told to by typed text. */
final class DialogueModel implements SpeechModel {

    private static final AtomicInteger BLOCKS = new AtomicInteger();

    @Override
    public String name() {
        return "dialogue";
    }

    @Override
    public List<Voice> voices() {
        return List.of(new Voice("ada", "Ada", "en"));
    }

    @Override
    public ModelStream open(StreamSettings settings, Consumer<ModelEvent> events) {
        return new Stream(settings, events);
    }

    @Override
    public void close() {}

    private static final class Stream implements ModelStream {
        private final Dialogue dialogue;
        private final StreamSettings settings;
        private final Consumer<ModelEvent> events;
        private boolean waits;

        Stream(StreamSettings settings, Consumer<ModelEvent> events) {
            this.dialogue = new Dialogue(settings.tools());
            this.settings = settings;
            this.events = events;
        }

        @Override
        public void send(ModelCommand command) {
            switch (command) {
                case ModelCommand.SystemPrompt(var text) -> begin(text);
                case ModelCommand.Text(var content) -> reply(dialogue.user(content));
                case ModelCommand.ToolResult(var id, var json) -> reply(dialogue.toolResult(id, json));
                case ModelCommand.Notice(var text) -> reply(dialogue.notice(text));
                case ModelCommand.Audio _sound -> {}
                case ModelCommand.Close _close -> events.accept(new ModelEvent.Ended());
            }
        }

        private void begin(String prompt) {
            Continuation former = settings.continues();
            dialogue.systemPrompt(prompt);
            if (former.isNone()) {
                dialogue.greeting().ifPresent(this::reply);
            } else {
                dialogue.restore(former.snapshot());
                former.unanswered().forEach(text -> reply(dialogue.user(text)));
            }
        }

        private void reply(Reply reply) {
            waits = reply instanceof Reply.Call;
            switch (reply) {
                case Reply.Say(var text) -> say(text);
                case Reply.Call(var id, var tool, var arguments) ->
                    events.accept(new ModelEvent.ToolCall(id, tool, arguments));
            }
            if (settings.portable()) {
                events.accept(new ModelEvent.Snapshot(dialogue.snapshot(!waits, "")));
            }
        }

        private void say(String text) {
            if (text.isEmpty()) {
                return;
            }
            String block = "d" + BLOCKS.incrementAndGet();
            events.accept(
                    new ModelEvent.AssistantText(block, Stage.SPECULATIVE, text, StopReason.PARTIAL_TURN));
            events.accept(new ModelEvent.Audio(block, new byte[960]));
            events.accept(new ModelEvent.AudioEnd(block, StopReason.END_TURN));
            events.accept(new ModelEvent.AssistantText(block, Stage.FINAL, text, StopReason.END_TURN));
        }
    }
}
