package dev.parley.speech;

import dev.parley.assistant.dialogue.Dialogue;
import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.speech.answer.Answers;
import dev.parley.speech.answer.AnswersContext;
import dev.parley.speech.answer.Joining;
import dev.parley.speech.answer.Speech;
import dev.parley.speech.turn.Completeness;
import dev.parley.speech.turn.Floor;
import dev.parley.speech.turn.Interjection;
import dev.parley.voice.Continuation;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Produces the answers of one stream. Asks the dialogue, waits for tools, and passes the words to {@link Speaking}. Used by one thread.
 *
 * <p>
 * If the user goes on soon after an answer to half a sentence, both halves are answered as one: {@link #joins} and {@link #joined}. Until
 * that time has passed, no tool that changes something is called for the first half.
 */
final class Answering implements Answers {

    /** Time after the beginning of an answer within which its question can still go on. */
    static final Duration JOIN_WINDOW = Duration.ofSeconds(2);

    /** Maximum length of the words that the recogniser writes for a murmur, and their number. */
    private static final int MAX_MURMUR = 24;
    private static final int MURMUR_WORDS = 3;
    /** Maximum length of a question that was joined, in characters. */
    private static final int MAX_JOINED = 300;
    private static final int MAX_CALLS = 8;
    private static final int MAX_NOTICES = 16;
    private static final String TOO_LATE = "{\"error\":\"the tool did not answer in time\"}";

    private final Dialogue dialogue;
    private final Speech speaking;
    private final Consumer<ModelEvent> events;
    private final Duration toolWait;
    private final ArrayDeque<String> notices = new ArrayDeque<>();
    private final Set<String> readOnly;
    private Continuation continues;
    private @Nullable Waiting waiting;
    private @Nullable Deferred deferred;
    /** The last question, if it can still go on. */
    private @Nullable Question question;

    private int calls;

    private record Waiting(String toolUseId, Instant until) {}

    /** A call of a tool that changes something, for a question that may go on. */
    private record Deferred(Reply.Call call, Instant due) {}

    /** A question whose words were unfinished, or that was not understood. */
    private record Question(String text, boolean unfinished) {}

    Answering(AnswersContext context) {
        this(context.tools(), context.speech(), context.events(), context.toolWait(), context.continues());
    }

    Answering(List<ToolSpec> tools, Speech speaking, Consumer<ModelEvent> events, Duration toolWait,
            Continuation continues) {
        this.continues = continues;
        dialogue = new Dialogue(tools);
        readOnly = tools.stream()
                .filter(ToolSpec::readOnly)
                .map(ToolSpec::name)
                .collect(Collectors.toUnmodifiableSet());
        this.speaking = speaking;
        this.events = events;
        this.toolWait = toolWait;
    }

    /** Returns whether an answer is being prepared, heard or held. */
    boolean going() {
        return waiting != null || deferred != null || speaking.going();
    }

    /** Returns the assistant's side of the conversation. */
    @Override
    public Floor floor() {
        return going() ? speaking.floor() : Floor.FREE;
    }

    /** Holds the answer, including one that is still being prepared. */
    @Override
    public void hold(Instant now) {
        speaking.hold(now);
    }

    /** Lets a held answer go on. */
    @Override
    public void release(Instant now) {
        speaking.release(now);
    }

    @Override
    public void systemPrompt(String text, Instant now) {
        dialogue.systemPrompt(text);
        if (continues.isNone()) {
            dialogue.greeting().ifPresent(greeting -> reply(greeting, now));
        } else {
            resume(now);
        }
    }

    /** Goes on with the conversation of another server: says the rest of the last answer, or answers what has no answer. */
    private void resume(Instant now) {
        Continuation former = continues;
        continues = Continuation.none();
        Dialogue.Left left = dialogue.restore(former.snapshot());
        String asked = former.unanswered().isEmpty() ? "" : former.unanswered().getLast();
        if (!asked.isEmpty() && !(left.replied() && left.heard().equals(asked))) {
            typed(asked, now);
        } else if (!left.unsaid().isEmpty()) {
            speaking.say(left.unsaid(), dialogue.speed(), now);
        }
    }

    /** Returns the state from which a stream at another server can go on. Notices are not part of it: the conversation gives them again. */
    @Override
    public String snapshot() {
        return dialogue.snapshot(waiting == null && deferred == null, speaking.unsaid());
    }

    /** Answers typed text, in place of the current answer. */
    @Override
    public void typed(String text, Instant now) {
        answer(text, false, now);
        question = null;
    }

    /** Answers the user's speech, in place of the current answer. */
    @Override
    public void heard(String text, Instant now) {
        answer(text, Completeness.of(text) == Completeness.UNFINISHED, now);
    }

    private void answer(String text, boolean unfinished, Instant now) {
        if (deferred != null && !Joining.refuses(text)) {
            call(deferred.call(), now); // The user speaks of something else, so the sentence before was all.
        }
        deferred = null;
        interrupt(now);
        calls = 0;
        question = new Question(text, unfinished);
        Reply reply = dialogue.user(text);
        if (!unfinished && dialogue.understood()) {
            question = null;
        }
        reply(reply, now);
    }

    /** Returns whether speech that begins now can be the rest of the last question. */
    @Override
    public boolean joins(Instant now) {
        return question != null && !speaking.began(now.minus(JOIN_WINDOW));
    }

    /** Returns the last question together with its rest; empty if the rest makes more sense alone. */
    @Override
    public Optional<String> joined(String rest) {
        if (question == null || !Joining.canContinue(rest)) {
            return Optional.empty();
        }
        String whole = Joining.join(question.text(), rest);
        return whole.length() <= MAX_JOINED && dialogue.continues(whole, rest) ? Optional.of(whole)
                : Optional.empty();
    }

    /**
     * Returns whether a few words that are heard over an answer say nothing: the recogniser writes words for some murmurs. The dialogue would
     * not understand them, they can be no answer to a question, and they call for no more. A comma at their end is the recogniser's, too.
     */
    @Override
    public boolean meaningless(String text) {
        return (floor() == Floor.SPEAKING || floor() == Floor.DUE) && text.length() <= MAX_MURMUR
                && text.chars().filter(c -> c == ' ').count() < MURMUR_WORDS
                && Interjection.of(text) == Interjection.SPEECH
                && Completeness.of(withoutComma(text)) != Completeness.UNFINISHED
                && !dialogue.understands(text);
    }

    private static String withoutComma(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ',' || text.charAt(end - 1) == ' ')) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Undoes the last question and its answer. */
    @Override
    public void retract(Instant now) {
        deferred = null;
        interrupt(now);
        dialogue.retract();
        question = null;
    }

    /**
     * Drops the current answer. Its sound stops, and the result of a pending tool will not be spoken. A tool that waits for the end of its
     * sentence is not dropped: the next words decide about it.
     */
    @Override
    public void interrupt(Instant now) {
        waiting = null;
        speaking.interrupt(now);
    }

    /** Handles a tool's result. If no answer waits for it any more, the dialogue receives it but nothing is said. */
    @Override
    public void toolResult(String toolUseId, String json, Instant now) {
        Reply reply = dialogue.toolResult(toolUseId, json);
        if (waiting != null && waiting.toolUseId().equals(toolUseId)) {
            waiting = null;
            reply(reply, now);
        }
    }

    /** Queues a text to say as soon as nobody speaks. Past {@value #MAX_NOTICES} texts the oldest is dropped. */
    @Override
    public void notice(String text) {
        if (notices.size() == MAX_NOTICES) {
            notices.removeFirst();
        }
        notices.add(text);
    }

    /** Gives up a late tool, and says a notice when nobody speaks. */
    @Override
    public void tick(boolean userTalking, Instant now) {
        speaking.tick(now);
        if (waiting != null && !now.isBefore(waiting.until())) {
            toolResult(waiting.toolUseId(), TOO_LATE, now);
        }
        if (!userTalking && !speaking.held() && deferred != null && !now.isBefore(deferred.due())) {
            call(deferred.call(), now);
        }
        if (!userTalking && !going() && !notices.isEmpty()) {
            calls = 0;
            question = null;
            reply(dialogue.notice(notices.removeFirst()), now);
        }
    }

    /** Returns when {@link #tick} is due. */
    @Override
    public Optional<Instant> next(Instant now) {
        if (deferred != null) {
            // Past that time it waits for the end of the user's turn.
            return Optional.of(deferred.due()).filter(due -> due.isAfter(now));
        }
        return waiting == null ? speaking.next(now) : Optional.of(waiting.until());
    }

    private void reply(Reply reply, Instant now) {
        switch (reply) {
            case Reply.Say say -> speaking.say(say.text(), dialogue.speed(), now);
            case Reply.Call call when calls >= MAX_CALLS ->
                speaking.say("Sorry, I could not work that out.", dialogue.speed(), now);
            case Reply.Call call when question != null && question.unfinished()
                    && !readOnly.contains(call.tool()) ->
                deferred = new Deferred(call, now.plus(JOIN_WINDOW));
            case Reply.Call call -> call(call, now);
        }
    }

    private void call(Reply.Call call, Instant now) {
        deferred = null;
        if (!readOnly.contains(call.tool())) {
            question = null; // A change is not taken back.
        }
        calls++;
        waiting = new Waiting(call.toolUseId(), now.plus(toolWait));
        events.accept(new ModelEvent.ToolCall(call.toolUseId(), call.tool(), call.argumentsJson()));
    }
}
