package dev.parley.voice.nova;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.nova.InputEvent.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;

/**
 * Who said what, across streams: what is history, what the user said that no answer covers yet, and whether an answer is being given. From
 * that follows when a stream may be changed, and what the next one must be told so that everything is answered once. Not thread-safe.
 */
final class Turns {

    private static final String GO_ON = "You were cut off in the middle of your answer. Go on from where you stopped, without repeating.";
    private static final int MAX_PENDING = 16;
    private static final int MAX_TOOLS = 64;
    private static final int MAX_SENTENCES = 256;
    private static final int BYTES_PER_MILLI = 48;
    /** An answer of which nothing more comes is over: one that only used a tool has no end. */
    private static final Duration STALLED = Duration.ofSeconds(10);
    /** A question to which nothing at all was said for this long is asked again on another stream, once. */
    private static final Duration IGNORED = Duration.ofSeconds(15);
    /** Words that no answer followed were not meant to be answered. */
    private static final Duration UNANSWERED = Duration.ofSeconds(20);
    /** How long after its sound a sentence's final text is waited for. */
    private static final Duration FINAL_TEXT = Duration.ofSeconds(3);

    private final History history;
    private final Deque<String> pending = new ArrayDeque<>();
    private final List<Sentence> sentences = new ArrayList<>();
    private final Map<String, String> tools = new LinkedHashMap<>();
    private final Map<String, String> orphans = new LinkedHashMap<>();
    private String question = "";
    private String openBlock = "";
    private boolean speaking;
    private boolean spokeWhole;
    private boolean sounded;
    private int questions;
    private boolean askedAgain;
    private Instant lastHeard = Instant.MIN;
    private Instant playedUntil = Instant.MIN;
    private Instant pendingSince = Instant.MIN;

    /**
     * @param answer to which question, counting them
     * @param stream which announced it
     */
    private record Sentence(String block, String text, boolean sounded, int answer, int stream) {

        ModelEvent asSaid() {
            return new ModelEvent.AssistantText(block + "-final", Stage.FINAL, text, StopReason.END_TURN);
        }
    }

    Turns(History history) {
        this.history = history;
    }

    /** The user typed this, or it is to be said to them. */
    void asked(String text, Instant now) {
        if (pending.size() == MAX_PENDING) {
            pending.removeFirst();
        }
        pending.add(text);
        pendingSince = now;
        askedAgain = false;
    }

    /** What the conversation is told, and by which stream. */
    void on(ModelEvent event, int stream, Instant now) {
        switch (event) {
            case ModelEvent.UserText user -> asked(user.text(), now);
            case ModelEvent.AssistantText said when said.stage() == Stage.SPECULATIVE -> {
                begin(now);
                if (sentences.size() < MAX_SENTENCES) {
                    sentences.add(new Sentence(said.blockId(), said.text(), false, questions, stream));
                }
            }
            case ModelEvent.AssistantText said -> said(said.text());
            case ModelEvent.Audio(var block, var pcm) -> {
                begin(now);
                openBlock = block;
                Instant from = playedUntil.isAfter(now) ? playedUntil : now;
                playedUntil = from.plusMillis(pcm.length / BYTES_PER_MILLI);
            }
            case ModelEvent.AudioEnd end -> sounded(end.stop());
            case ModelEvent.Interrupted _interrupted -> silence(now);
            case ModelEvent.ToolCall call -> {
                lastHeard = now;
                tools.put(call.toolUseId(), call.name());
                trim(tools);
            }
            case ModelEvent.Usage _usage -> {}
            case ModelEvent.Moved _moved -> {}
            case ModelEvent.Ended _ended -> {}
            case ModelEvent.Failed _failed -> {}
        }
    }

    private void begin(Instant now) {
        lastHeard = now;
        if (!pending.isEmpty()) {
            question = String.join(" ", pending);
            pending.clear();
            history.addQuestion(question);
            spokeWhole = false;
            questions++;
            sounded = false;
        }
        speaking = true;
    }

    /** A final text may come when the answer to the next question has begun; then it belongs before that question. */
    private void said(String text) {
        Optional<Sentence> announced = sentences.stream()
                .filter(sentence -> sentence.text().startsWith(text))
                .findFirst();
        boolean late = announced.map(sentence -> sentence.answer() < questions)
                .orElse(questions > 1 && speaking && !sounded);
        announced.or(() -> sentences.stream().filter(one -> late == one.answer() < questions).findFirst())
                .ifPresent(sentences::remove);
        remember(text, late);
    }

    private void remember(String text, boolean late) {
        if (late) {
            history.addBeforeQuestion(text);
        } else {
            spokeWhole = true;
            history.add(Role.ASSISTANT, text);
        }
    }

    /** A stream that was left has ended: of what it did not say any more, what was heard whole is final. */
    List<ModelEvent> left(int stream) {
        List<Sentence> whole = sentences.stream()
                .filter(one -> one.stream() == stream && one.sounded())
                .toList();
        sentences.removeIf(one -> one.stream() == stream);
        whole.forEach(one -> remember(one.text(), one.answer() < questions));
        return whole.stream().map(Sentence::asSaid).toList();
    }

    private void sounded(StopReason stop) {
        openBlock = "";
        sounded = true;
        for (ListIterator<Sentence> each = sentences.listIterator(); each.hasNext();) {
            Sentence sentence = each.next();
            if (!sentence.sounded()) {
                each.set(new Sentence(sentence.block(), sentence.text(), true, sentence.answer(),
                        sentence.stream()));
                break;
            }
        }
        speaking &= stop != StopReason.END_TURN;
    }

    private void silence(Instant now) {
        speaking = false;
        openBlock = "";
        sentences.clear();
        playedUntil = now;
    }

    /** Whether the tool runs for the stream that is open; it no longer does. */
    boolean finished(String toolUseId) {
        return tools.remove(toolUseId) != null;
    }

    /** The result of a tool that an earlier stream had asked for, as something to be said to the model; nothing for one unknown. */
    Optional<String> late(String toolUseId, String json) {
        return Optional.ofNullable(orphans.remove(toolUseId))
                .map(name -> "The tool " + name + ", which you asked for before, has answered: " + json);
    }

    /** Whether an answer is being told. */
    boolean speaking(Instant now) {
        return speaking && now.isBefore(lastHeard.plus(STALLED));
    }

    /** Whether a sentence was announced of which is not known yet how much was really spoken. */
    boolean awaitsFinalText() {
        return !sentences.isEmpty();
    }

    /** Whether the stream owes the user something and has fallen silent; said once of each question. */
    boolean stalled(Instant now) {
        boolean inSpeech = !openBlock.isEmpty() && !now.isBefore(lastHeard.plus(STALLED));
        boolean ignored = !pending.isEmpty() && tools.isEmpty() && !askedAgain
                && !now.isBefore(pendingSince.plus(IGNORED));
        askedAgain |= ignored;
        return inSpeech || ignored;
    }

    /** Whether everything is answered and has been heard since {@code quiet}. */
    boolean settled(Duration quiet, Instant now) {
        if (!pending.isEmpty() && !now.isBefore(pendingSince.plus(UNANSWERED))) {
            history.add(Role.USER, String.join(" ", pending));
            pending.clear();
        }
        return pending.isEmpty() && tools.isEmpty() && !speaking(now)
                && !now.isBefore(playedUntil.plus(quiet))
                && (sentences.isEmpty() || !now.isBefore(playedUntil.plus(FINAL_TEXT)));
    }

    /**
     * The stream is gone. What it had said whole is final; an answer of which the user got no whole sentence is taken back and its
     * question asked again; one that was cut later is to be gone on with. Tools that still run are waited for, and their question with
     * them.
     */
    List<ModelEvent> cut(Instant now) {
        boolean wasSpeaking = speaking(now) || (speaking && !openBlock.isEmpty());
        var told = new ArrayList<ModelEvent>();
        List<Sentence> whole = sentences.stream().filter(Sentence::sounded).toList();
        if (wasSpeaking && whole.isEmpty() && !spokeWhole) {
            history.takeBack(Role.USER);
            if (!question.isEmpty()) {
                pending.addFirst(question);
            }
            told.add(new ModelEvent.Interrupted());
            playedUntil = now;
        } else {
            finish(whole, wasSpeaking, told);
        }
        speaking = false;
        openBlock = "";
        sentences.clear();
        orphan();
        return told;
    }

    private void finish(List<Sentence> whole, boolean wasSpeaking, List<ModelEvent> told) {
        if (!openBlock.isEmpty()) {
            told.add(new ModelEvent.AudioEnd(openBlock, StopReason.END_TURN));
        }
        for (Sentence sentence : whole) {
            told.add(sentence.asSaid());
            history.add(Role.ASSISTANT, sentence.text());
        }
        if (wasSpeaking) {
            pending.addFirst(GO_ON);
        }
    }

    /** The tools that run will answer to another stream than the one that asked, and their question waits for them. */
    void orphan() {
        if (!tools.isEmpty()) {
            history.add(Role.USER, String.join(" ", pending));
            pending.clear();
            orphans.putAll(tools);
            trim(orphans);
            tools.clear();
        }
    }

    /** What the next stream must be asked, since the last one did not answer it. */
    List<String> pending() {
        return List.copyOf(pending);
    }

    List<History.Message> history() {
        return history.shaped();
    }

    private static void trim(Map<String, String> some) {
        if (some.size() > MAX_TOOLS) {
            some.remove(some.keySet().iterator().next());
        }
    }
}
