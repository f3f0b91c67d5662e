package dev.parley.cascade;

import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.speech.answer.Answers;
import dev.parley.speech.answer.AnswersContext;
import dev.parley.speech.answer.Speech;
import dev.parley.speech.turn.Floor;
import dev.parley.voice.language.GenerationFailure;
import dev.parley.voice.language.GenerationFailure.Kind;
import dev.parley.voice.language.LanguageModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers with a language model. A request begins on the probable end of the user's turn and is thrown away if the user goes on; parts of the
 * reply are spoken while the rest is generated. Its stream calls it from one thread; the model's events come back to that thread.
 *
 * <table>
 * <caption>States of an answer</caption>
 * <tr><th>state</th><th>input</th><th>then</th></tr>
 * <tr><td>none</td><td>probable end of a turn</td><td>early request, at most {@value #MAX_EARLY} a turn</td></tr>
 * <tr><td>early request</td><td>the user goes on</td><td>none; it counts as spent</td></tr>
 * <tr><td>early request, none</td><td>the turn is over</td><td>request; the kept reply of an early one is said</td></tr>
 * <tr><td>request</td><td>text</td><td>its complete parts are said</td></tr>
 * <tr><td>request</td><td>end with tool calls</td><td>tools, at most {@value PendingTools#MAX_ROUNDS} rounds</td></tr>
 * <tr><td>tools</td><td>all results, or the deadline</td><td>request</td></tr>
 * <tr><td>request</td><td>end without calls</td><td>none, when the voice has ended</td></tr>
 * <tr><td>request</td><td>failure, nothing said</td><td>pause, then request, at most {@value Retries#MOST} times; then the embedded assistant</td></tr>
 * <tr><td>request</td><td>failure, a part was said</td><td>a sentence that says so; none</td></tr>
 * <tr><td>any</td><td>interruption</td><td>none; the model is told to stop, and the history keeps what was heard</td></tr>
 * </table>
 */
final class CascadeAnswers implements Answers, Requests.Listener {

    static final Duration JOIN_WINDOW = Duration.ofSeconds(2);
    static final String FILLER = "One moment.";
    static final int MAX_EARLY = 2;

    private static final int MAX_NOTICES = 16;

    private final LanguageModel model;
    private final CascadeOptions options;
    private final AnswersContext context;
    private final Speech speech;
    private final FailureReports reports;
    private final Prompts prompts;
    private final EmbeddedAssistant assistant;
    private final Requests requests;
    private final PendingTools tools;
    private final Retries retries = new Retries();
    private final ArrayDeque<String> notices = new ArrayDeque<>();

    private @Nullable TurnMessages turn;
    private Instant fillerAt = Instant.MAX;
    private @Nullable Question question;
    /** The user's words that the present answer is for. */
    private String asked = "";

    private boolean begun;
    private int early;
    private boolean apologised;

    CascadeAnswers(LanguageModel model, CascadeOptions options, FailureReports reports,
            AnswersContext context) {
        this.model = model;
        this.options = options;
        this.reports = reports;
        this.context = context;
        speech = context.speech();
        prompts = new Prompts(options, context);
        assistant = new EmbeddedAssistant(context);
        tools = new PendingTools(context);
        requests = new Requests(model, options.silence(), context, this);
    }

    @Override
    public Floor floor() {
        return going() ? speech.floor() : Floor.FREE;
    }

    private boolean going() {
        return requests.answering() || tools.waiting() || retries.planned() || assistant.waiting()
                || speech.going();
    }

    @Override
    public void hold(Instant now) {
        speech.hold(now);
    }

    @Override
    public void release(Instant now) {
        speech.release(now);
    }

    @Override
    public void systemPrompt(String text, Instant now) {
        prompts.system(text);
        assistant.systemPrompt(text);
        if (context.continues().isNone()) {
            assistant.greeting().ifPresent(greeting -> unprompted(greeting, now));
        } else {
            prompts.history().restore(context.continues());
            String asked = String.join(" ", context.continues().unanswered());
            if (!asked.isEmpty()) {
                typed(asked, now);
            }
        }
    }

    /** The conversation itself tells the next server what was said. */
    @Override
    public String snapshot() {
        return "";
    }

    @Override
    public void began(Instant now) {
        early = 0;
        model.warm();
    }

    @Override
    public void expected(String text, Instant now) {
        if (requests.expects(text)) {
            return;
        }
        wentOn(now);
        if (early < MAX_EARLY && floor() == Floor.FREE) {
            early++;
            closeTurn(false);
            requests.begin(text, prompts.of(text), true, now);
        }
    }

    @Override
    public void wentOn(Instant now) {
        requests.cancelEarly();
    }

    @Override
    public void typed(String text, Instant now) {
        answer(text, null, now);
    }

    @Override
    public void heard(String text, Instant now) {
        answer(text, Question.of(text), now);
    }

    private void answer(String text, @Nullable Question asks, Instant now) {
        boolean expected = requests.expects(text);
        if (!expected) {
            interrupt(now);
        }
        closeTurn(false);
        early = 0;
        tools.reset();
        retries.reset();
        question = asks;
        begun = false;
        asked = text;
        fillerAt = now.plus(options.fillerAfter());
        turn = prompts.history().begin(TurnMessages.of(text));
        if (expected) {
            requests.promote(now);
        } else {
            ask(now);
        }
    }

    /** Sends the conversation as it is. */
    private void ask(Instant now) {
        retries.drop();
        requests.begin(asked, prompts.next(), false, now);
    }

    @Override
    public void said(List<String> parts, Instant now) {
        for (String part : parts) {
            begun = true;
            fillerAt = Instant.MAX;
            if (turn != null) {
                turn.saying(part);
            }
            speech.append(part, assistant.speed(), now);
        }
    }

    @Override
    public void ended(Attempt ended, Instant now) {
        GenerationFailure failure = ended.failure();
        if (failure == null && ended.calls().isEmpty() && ended.whole().isBlank()) {
            failure = GenerationFailure.of(Kind.EMPTY);
        }
        if (failure != null) {
            failed(failure, now);
        } else if (ended.calls().isEmpty()) {
            reports.worked();
            apologised = false;
            finish(now);
        } else {
            reports.worked();
            callTools(ended, now);
        }
    }

    private void finish(Instant now) {
        fillerAt = Instant.MAX;
        speech.end(now);
    }

    private void failed(GenerationFailure failure, Instant now) {
        reports.failed(failure);
        if (!begun && retries.plan(failure, now)) {
            return;
        }
        String sentence = FailureTexts.spoken(failure.kind(), begun);
        Optional<Reply> other = begun || tools.used() ? Optional.empty() : assistant.answer(asked);
        if (other.isEmpty() || !apologised) {
            said(List.of(sentence), now);
        }
        apologised = true;
        other.ifPresentOrElse(reply -> reply(reply, now), () -> finish(now));
    }

    /** Says the reply of the embedded assistant, or calls its tool. */
    private void reply(Reply reply, Instant now) {
        switch (reply) {
            case Reply.Say(var text) -> {
                said(ReplyText.parts(text), now);
                finish(now);
            }
            case Reply.Call call -> {
                question = null;
                context.events().accept(assistant.call(call, now));
            }
        }
    }

    private void callTools(Attempt ended, Instant now) {
        if (turn != null) {
            turn.calls(ended.whole(), ended.calls());
        }
        Duration wait = question != null && question.unfinished() ? JOIN_WINDOW : Duration.ZERO;
        if (tools.begin(ended.calls(), wait, now)) {
            makeCalls(now);
        } else {
            said(List.of("Sorry, I could not work that out."), now);
            finish(now);
        }
    }

    private void makeCalls(Instant now) {
        if (tools.makeDue(now)) {
            question = null; // A change is not taken back.
        }
    }

    @Override
    public void toolResult(String toolUseId, String json, Instant now) {
        tools.result(toolUseId, json).ifPresent(round -> goOn(round, now));
        assistant.result(toolUseId, json).ifPresent(reply -> reply(reply, now));
    }

    private void goOn(ToolRound round, Instant now) {
        if (turn != null) {
            TurnMessages open = turn;
            round.eachResult((call, json) -> open.result(call.id(), call.name(), json));
        }
        retries.reset();
        ask(now);
    }

    @Override
    public void said(String text) {
        if (turn != null) {
            turn.said(text);
        }
    }

    @Override
    public boolean joins(Instant now) {
        return question != null && (question.unfinished() ? !speech.began(now.minus(JOIN_WINDOW))
                : !begun && floor() == Floor.DUE);
    }

    @Override
    public Optional<String> joined(String rest) {
        return Optional.ofNullable(question).flatMap(one -> one.with(rest));
    }

    /** A single word that the small assistant cannot place is taken for a murmur; longer texts are for the language model. */
    @Override
    public boolean meaningless(String text) {
        return (floor() == Floor.SPEAKING || floor() == Floor.DUE) && assistant.isMurmur(text);
    }

    @Override
    public void retract(Instant now) {
        interrupt(now);
        if (turn != null) {
            prompts.history().retract(turn);
            turn = null;
        }
        question = null;
    }

    @Override
    public void interrupt(Instant now) {
        boolean cut = requests.answering() || tools.waiting() || retries.planned();
        requests.cancel();
        tools.drop();
        retries.drop();
        fillerAt = Instant.MAX;
        assistant.drop();
        speech.interrupt(now);
        closeTurn(cut);
    }

    private void closeTurn(boolean cut) {
        if (turn != null) {
            turn.close(cut);
        }
    }

    @Override
    public void notice(String text) {
        if (notices.size() == MAX_NOTICES) {
            notices.removeFirst();
        }
        notices.add(text);
    }

    private void unprompted(String text, Instant now) {
        closeTurn(false);
        turn = prompts.history().begin(TurnMessages.unprompted());
        question = null;
        asked = "";
        said(ReplyText.parts(text), now);
        speech.end(now);
    }

    @Override
    public void tick(boolean userTalking, Instant now) {
        speech.tick(now);
        requests.tick(now);
        tools.tooLate(now).ifPresent(round -> goOn(round, now));
        assistant.tooLate(now).ifPresent(reply -> reply(reply, now));
        if (retries.due(now)) {
            ask(now);
        }
        if (userTalking || speech.held()) {
            return;
        }
        makeCalls(now);
        if (!now.isBefore(fillerAt)) {
            fillerAt = Instant.MAX;
            speech.append(FILLER, assistant.speed(), now);
        }
        if (!going() && requests.none()) {
            if (!notices.isEmpty()) {
                unprompted(notices.removeFirst(), now);
            } else {
                prompts.summarise(model, requests::count, now);
            }
        }
    }

    @Override
    public Optional<Instant> next(Instant now) {
        return Stream
                .of(speech.next(now), requests.deadline(), tools.next(now), assistant.deadline(),
                        retries.next(),
                        // Past that time it waits until nobody speaks.
                        Optional.of(fillerAt).filter(at -> !at.equals(Instant.MAX) && at.isAfter(now)))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    @Override
    public void close() {
        requests.cancel();
        prompts.close();
    }
}
