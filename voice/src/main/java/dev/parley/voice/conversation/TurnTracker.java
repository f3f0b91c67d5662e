package dev.parley.voice.conversation;

import dev.parley.voice.Continuation;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.contract.BrowserEvent.Activity;
import dev.parley.voice.conversation.ConversationEvent.Source;
import dev.parley.voice.conversation.Turn.Role;
import dev.parley.voice.conversation.TurnHistory.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the model's events and the typed text who said what in which turn. Not thread-safe.
 *
 * <p>
 * Besides the activity it stores two facts: whether a question waits for its answer, and whether an answer is open. They do not follow
 * from the activity, since the user can type or speak while the assistant speaks.
 *
 * <table>
 * <caption>Transitions; "–" leaves it unchanged</caption>
 * <tr><th>input</th><th>activity</th><th>question waits</th><th>answer open</th><th>effect</th></tr>
 * <tr><td>stream opened</td><td>LISTENING; THINKING if a question waits, from another server</td><td>–</td><td>–</td><td></td></tr>
 * <tr><td>user text</td><td>THINKING</td><td>yes</td><td>–</td><td>TurnBegun if none waited; TextFinal, unless it repeats typed text</td></tr>
 * <tr><td>typed text</td><td>LISTENING to THINKING</td><td>yes</td><td>–</td><td>TurnBegun if none waited; TextFinal</td></tr>
 * <tr><td>tool call</td><td>LISTENING to THINKING</td><td>–</td><td>–</td><td></td></tr>
 * <tr><td>speculative text</td><td>SPEAKING</td><td>no</td><td>yes</td><td></td></tr>
 * <tr><td>audio</td><td>SPEAKING</td><td>no</td><td>–</td><td>AnswerBegun if it is the first since TurnBegun</td></tr>
 * <tr><td>final text</td><td>–</td><td>–</td><td>no if it ends the open answer</td><td>TextFinal</td></tr>
 * <tr><td>end of the answer's speech or text</td><td>SPEAKING to LISTENING</td><td>–</td><td>no</td><td></td></tr>
 * <tr><td>interruption</td><td>SPEAKING to LISTENING</td><td>–</td><td>no</td><td>Interrupted</td></tr>
 * <tr><td>pause, resumption</td><td>–</td><td>–</td><td>–</td><td></td></tr>
 * <tr><td>turn superseded</td><td>LISTENING</td><td>no</td><td>no</td><td>TurnSuperseded</td></tr>
 * <tr><td>end of the conversation</td><td>–</td><td>no</td><td>no</td><td></td></tr>
 * <tr><td>final or user text after the end</td><td>as above</td><td>no</td><td>no</td><td>as above</td></tr>
 * </table>
 *
 * <p>
 * A final text can arrive late. It belongs to the first of these answers that announced it: the answers to the previous question, unless
 * they were interrupted; the present answer; the interrupted answers to the previous question. A text that none announced belongs to the
 * last answer of which some audio has arrived.
 */
final class TurnTracker {

    private final TurnHistory history;
    private final ToolResults found = new ToolResults();
    private final WaitingNotices notices = new WaitingNotices();
    private Activity activity = Activity.LISTENING;
    private boolean asked;
    private boolean answering;
    private boolean silent = true;
    private @Nullable Entry latest;
    private String typed = "";

    TurnTracker(ConversationOptions.Limits limits) {
        history = new TurnHistory(limits);
    }

    Activity activity() {
        return activity;
    }

    /** Returns the final texts, oldest turn first. */
    List<Turn> turns() {
        return history.turns();
    }

    /** Returns the results of tools for the present question. They are forgotten when its answer ends, or at the next question. */
    ToolResults found() {
        return found;
    }

    /** Returns the notices that the model was given and has not begun to say. */
    WaitingNotices notices() {
        return notices;
    }

    /** Returns the turns, for another server. A question of whose answer no sentence was sent whole waits for its answer again. */
    ConversationState.Turns state() {
        Entry answer = answering ? history.last(Role.ASSISTANT) : null;
        boolean unheard = false;
        var all = new ArrayList<>(history.state());
        if (answer != null && answer.texts().isEmpty() && answer.sounded().isEmpty()) {
            int number = answer.number();
            unheard = all.removeIf(turn -> turn.number() == number);
        }
        boolean again = unheard && !all.isEmpty() && all.getLast().role() == Role.USER;
        return new ConversationState.Turns(all, history.numbers(), asked || again, answering && !unheard);
    }

    /** Takes the turns of another server. */
    void restore(ConversationState.Turns state) {
        history.restore(state.all(), state.last());
        latest = history.last(Role.ASSISTANT);
        asked = state.asked();
        silent = asked;
        answering = state.answering() && latest != null;
    }

    /** Returns the final texts that the browser is owed after {@link #restore}. */
    List<ModelEvent> owed() {
        var owed = new ArrayList<ModelEvent>();
        for (Entry turn : history.all()) {
            var sentences = turn.sounded();
            for (int i = 0; i < sentences.size(); i++) {
                boolean last = i == sentences.size() - 1 && !(answering && turn == latest);
                owed.add(new ModelEvent.AssistantText(sentences.get(i).block(), Stage.FINAL,
                        sentences.get(i).text(), last ? StopReason.END_TURN : StopReason.PARTIAL_TURN));
            }
        }
        return owed;
    }

    /** Returns what the next stream continues. */
    Continuation continuation(String snapshot) {
        Entry question = asked ? history.last(Role.USER) : null;
        var lines = new ArrayList<Continuation.Line>();
        for (Entry turn : history.all()) {
            if (turn != question && !turn.texts().isEmpty()) {
                lines.add(new Continuation.Line(turn.role() == Role.USER, String.join(" ", turn.texts())));
            }
        }
        return new Continuation(lines, question == null ? List.of() : question.texts(), answering, snapshot);
    }

    /** Starts a conversation and forgets the texts of the previous one. */
    void begin(List<Effect> out) {
        over();
        history.clear();
        latest = null;
        tell(new ConversationEvent.Begun(), out);
    }

    /** Records that a stream is open and waits for the user. */
    void opened() {
        activity = asked ? Activity.THINKING : Activity.LISTENING;
    }

    /** Records that no stream is open. */
    void over() {
        asked = false;
        answering = false;
        silent = true;
        typed = "";
        found.clear();
        notices.clear();
    }

    /** Records a text that the user typed. A model may repeat it as user text, which does not count as another text. */
    void typed(String text, List<Effect> out) {
        ask(Source.TYPED, out);
        typed = text;
        Entry turn = history.userTurn();
        history.add(turn, text);
        tell(new ConversationEvent.TextFinal(turn.number(), Role.USER, Source.TYPED, text), out);
        if (activity == Activity.LISTENING) {
            activity = Activity.THINKING;
        }
    }

    /** Records a final text that arrives after the conversation has ended: its words were spoken before. */
    void late(ModelEvent event, List<Effect> out) {
        boolean last = event instanceof ModelEvent.UserText
                || (event instanceof ModelEvent.AssistantText said && said.stage() != Stage.SPECULATIVE);
        if (last) {
            on(event, out);
            over();
        }
    }

    /** Handles one event of the model. The caller omits speech that was interrupted. */
    void on(ModelEvent event, List<Effect> out) {
        switch (event) {
            case ModelEvent.UserText(var _block, var text) -> heard(text, out);
            case ModelEvent.AssistantText said when said.stage() == Stage.SPECULATIVE ->
                announced(said.blockId(), said.text());
            case ModelEvent.AssistantText said -> said(said.text(), said.stop(), out);
            case ModelEvent.Audio _piece -> sounded(out);
            case ModelEvent.AudioEnd end -> soundEnded(end.stop());
            case ModelEvent.Interrupted _any -> interrupted(out);
            case ModelEvent.Superseded _any -> superseded(out);
            case ModelEvent.Snapshot _any -> {}
            case ModelEvent.SelfHeard _any -> {}
            case ModelEvent.QuestionLost _any -> {}
            case ModelEvent.Paused _any -> {}
            case ModelEvent.Resumed _any -> {}
            case ModelEvent.ToolCall _any -> {
                if (activity == Activity.LISTENING) {
                    activity = Activity.THINKING;
                }
            }
            case ModelEvent.Usage _any -> {}
            case ModelEvent.Moved _any -> {}
            case ModelEvent.Ended _any -> {}
            case ModelEvent.Failed _any -> {}
        }
    }

    private void ask(Source source, List<Effect> out) {
        if (!asked) {
            found.clear();
            asked = true;
            silent = true;
            tell(new ConversationEvent.TurnBegun(source), out);
        }
    }

    private void heard(String text, List<Effect> out) {
        ask(Source.SPOKEN, out);
        activity = Activity.THINKING;
        if (text.equals(typed)) {
            typed = "";
            return;
        }
        Entry turn = history.userTurn();
        if (typed.isEmpty()) {
            history.add(turn, text);
        } else {
            history.addBeforeLast(turn, text); // spoken before the last text was typed
        }
        tell(new ConversationEvent.TextFinal(turn.number(), Role.USER, Source.SPOKEN, text), out);
    }

    private void announced(String block, String text) {
        answer().announce(block, text);
        asked = false;
        activity = Activity.SPEAKING;
    }

    private void said(String text, StopReason stop, List<Effect> out) {
        Entry turn = answerOf(text);
        history.add(turn, text);
        tell(new ConversationEvent.TextFinal(turn.number(), Role.ASSISTANT, Source.SPOKEN, text), out);
        if (turn == latest && answering && ends(stop)) {
            answered();
        }
        listenAfter(stop);
    }

    private void sounded(List<Effect> out) {
        if (silent) {
            silent = false;
            tell(new ConversationEvent.AnswerBegun(), out);
        }
        asked = false;
        activity = Activity.SPEAKING;
    }

    private void soundEnded(StopReason stop) {
        Entry now = history.held(latest);
        if (now != null && answering) {
            if (stop != StopReason.INTERRUPTED) {
                now.sound();
            }
            if (ends(stop)) {
                answered();
            }
        }
        listenAfter(stop);
    }

    private void interrupted(List<Effect> out) {
        if (latest != null) {
            latest.cut();
        }
        answered();
        tell(new ConversationEvent.Interrupted(), out);
        listenAfter(StopReason.INTERRUPTED);
    }

    /** Forgets the user's last turn and the answers to it. Numbers of turns are not reused. */
    private void superseded(List<Effect> out) {
        int first = history.removeLastExchange();
        asked = false;
        answering = false;
        activity = Activity.LISTENING;
        if (first > 0) {
            tell(new ConversationEvent.TurnSuperseded(first), out);
            history.texts(first)
                    .forEach(text -> tell(
                            new ConversationEvent.TextFinal(first, Role.USER, Source.SPOKEN, text), out));
        }
    }

    /** Ends an answer at the end of its speech. The final text may come later and must not undo an activity that came between. */
    private void listenAfter(StopReason stop) {
        if (ends(stop) && activity == Activity.SPEAKING) {
            activity = Activity.LISTENING;
        }
    }

    private void answered() {
        answering = false;
        if (!asked) {
            found.clear();
        }
    }

    private static boolean ends(StopReason stop) {
        return stop == StopReason.END_TURN || stop == StopReason.INTERRUPTED;
    }

    /** Returns the open answer, or begins one. */
    private Entry answer() {
        Entry now = history.held(latest);
        if (now == null || !answering) {
            now = history.begin(Role.ASSISTANT);
            notices.answerBegins(asked);
            latest = now;
            answering = true;
            typed = "";
        }
        return now;
    }

    /** Returns the answer that a final text belongs to. */
    private Entry answerOf(String text) {
        Entry now = history.held(latest);
        boolean unannounced = now != null && !answering && !now.hasAnnounced() && !history.isLast(now);
        if (now == null || unannounced) {
            return answer();
        }
        List<Entry> before = history.answersBefore(now);
        var candidates = new ArrayList<Entry>();
        before.stream().filter(earlier -> !earlier.isCut()).forEach(candidates::add);
        candidates.add(now);
        before.stream().filter(Entry::isCut).forEach(candidates::add);
        for (Entry answer : candidates) {
            if (answer.takeAnnounced(text)) {
                return answer;
            }
        }
        return now.hasSounded() || before.isEmpty() ? now : before.getLast();
    }

    private static void tell(ConversationEvent event, List<Effect> out) {
        out.add(new Effect.Tell(event));
    }
}
