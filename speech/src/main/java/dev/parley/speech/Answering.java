package dev.parley.speech;

import dev.parley.assistant.dialogue.Dialogue;
import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Produces the answers of one stream. Asks the dialogue, waits for tools, and passes the words to {@link Speaking}. Used by one thread. */
final class Answering {

    private static final int MAX_CALLS = 8;
    private static final int MAX_NOTICES = 16;
    private static final String TOO_LATE = "{\"error\":\"the tool did not answer in time\"}";

    private final Dialogue dialogue;
    private final Speaking speaking;
    private final Consumer<ModelEvent> events;
    private final Duration toolWait;
    private final ArrayDeque<String> notices = new ArrayDeque<>();
    private @Nullable Waiting waiting;
    private int calls;

    private record Waiting(String toolUseId, Instant until) {}

    Answering(List<ToolSpec> tools, Speaking speaking, Consumer<ModelEvent> events, Duration toolWait) {
        dialogue = new Dialogue(tools);
        this.speaking = speaking;
        this.events = events;
        this.toolWait = toolWait;
    }

    /** Returns whether an answer is being prepared or heard. */
    boolean going() {
        return waiting != null || speaking.going();
    }

    void systemPrompt(String text, Instant now) {
        dialogue.systemPrompt(text);
        dialogue.greeting().ifPresent(greeting -> reply(greeting, now));
    }

    /** Answers the user's speech or typed text, in place of the current answer. */
    void user(String text, Instant now) {
        interrupt(now);
        calls = 0;
        reply(dialogue.user(text), now);
    }

    /** Drops the current answer. Its sound stops, and the result of a pending tool will not be spoken. */
    void interrupt(Instant now) {
        waiting = null;
        speaking.interrupt(now);
    }

    /** Handles a tool's result. If no answer waits for it any more, the dialogue receives it but nothing is said. */
    void toolResult(String toolUseId, String json, Instant now) {
        Reply reply = dialogue.toolResult(toolUseId, json);
        if (waiting != null && waiting.toolUseId().equals(toolUseId)) {
            waiting = null;
            reply(reply, now);
        }
    }

    /** Queues a text to say as soon as nobody speaks. Past {@value #MAX_NOTICES} texts the oldest is dropped. */
    void notice(String text) {
        if (notices.size() == MAX_NOTICES) {
            notices.removeFirst();
        }
        notices.add(text);
    }

    /** Gives up a late tool, and says a notice when nobody speaks. */
    void tick(boolean userTalking, Instant now) {
        speaking.tick(now);
        if (waiting != null && !now.isBefore(waiting.until())) {
            toolResult(waiting.toolUseId(), TOO_LATE, now);
        }
        if (!userTalking && !going() && !notices.isEmpty()) {
            calls = 0;
            reply(dialogue.notice(notices.removeFirst()), now);
        }
    }

    /** Returns when {@link #tick} is due. */
    Optional<Instant> next(Instant now) {
        return waiting == null ? speaking.next(now) : Optional.of(waiting.until());
    }

    private void reply(Reply reply, Instant now) {
        switch (reply) {
            case Reply.Say say -> speaking.say(say.text(), now);
            case Reply.Call call when calls >= MAX_CALLS ->
                speaking.say("Sorry, I could not work that out.", now);
            case Reply.Call call -> {
                calls++;
                waiting = new Waiting(call.toolUseId(), now.plus(toolWait));
                events.accept(new ModelEvent.ToolCall(call.toolUseId(), call.tool(), call.argumentsJson()));
            }
        }
    }
}
