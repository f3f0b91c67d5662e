package dev.parley.nova;

import dev.parley.nova.event.InputEvent.Role;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
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
 * Tracks the turns of a conversation across streams: its history, the questions that are unanswered, and whether an answer is in progress.
 * From that follows when a stream may be changed, and what the next one must be asked so that everything is answered once. Not thread-safe.
 */
final class RelayTurns {

    private static final String GO_ON = "You were cut off in the middle of your answer. Go on from where you stopped, without repeating.";
    private static final int MAX_PENDING = 16;
    private static final int MAX_TOOLS = 64;
    private static final int MAX_SENTENCES = 256;
    private static final int BYTES_PER_MILLI = 48;
    /** An answer of which nothing came for this long is over: an answer that only used a tool has no end. */
    private static final Duration STALLED = Duration.ofSeconds(10);
    /** A question without any answer for this long is asked again on another stream, once. */
    private static final Duration IGNORED = Duration.ofSeconds(15);
    /** Words without an answer for this long were not meant to be answered. */
    private static final Duration UNANSWERED = Duration.ofSeconds(20);
    /** The wait for a sentence's final text after its audio. */
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
     * @param answer the number of the question that it answers
     * @param stream the number of the stream that announced it
     */
    private record Sentence(String block, String text, boolean sounded, int answer, int stream) {

        ModelEvent asSaid() {
            return new ModelEvent.AssistantText(block + "-final", Stage.FINAL, text, StopReason.END_TURN);
        }
    }

    RelayTurns(History history) {
        this.history = history;
    }

    /** Notes a text that is to be answered: the user typed it, or it is a notice for the user. */
    void asked(String text, Instant now) {
        if (pending.size() == MAX_PENDING) {
            pending.removeFirst();
        }
        pending.add(text);
        pendingSince = now;
        askedAgain = false;
    }

    /** Notes an event that the conversation is given, and its stream. */
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
            case ModelEvent.Paused _never -> {} // Nova Sonic decides alone what interrupts it
            case ModelEvent.Resumed _never -> {}
            case ModelEvent.Superseded _never -> {}
            case ModelEvent.SelfHeard _never -> {}
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

    /** Notes a final text. It may come after the answer to the next question has begun; then it belongs before that question. */
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

    /** Notes the end of a stream that was left. Returns the final texts that it owed for sentences heard whole. */
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

    /** Notes the end of a tool's run. Returns whether the open stream had asked for it. */
    boolean finished(String toolUseId) {
        return tools.remove(toolUseId) != null;
    }

    /** Returns the result of a tool that an earlier stream had asked for, as a text to the model; nothing for an unknown one. */
    Optional<String> late(String toolUseId, String json) {
        return Optional.ofNullable(orphans.remove(toolUseId))
                .map(name -> "The tool " + name + ", which you asked for before, has answered: " + json);
    }

    /** Whether an answer is in progress. */
    boolean speaking(Instant now) {
        return speaking && now.isBefore(lastHeard.plus(STALLED));
    }

    /** Whether the final text of an announced sentence is missing: only that tells how much of it was spoken. */
    boolean awaitsFinalText() {
        return !sentences.isEmpty();
    }

    /** Whether the stream is silent though it owes the user an answer; true once for each question. */
    boolean stalled(Instant now) {
        boolean inSpeech = !openBlock.isEmpty() && !now.isBefore(lastHeard.plus(STALLED));
        boolean ignored = !pending.isEmpty() && tools.isEmpty() && !askedAgain
                && !now.isBefore(pendingSince.plus(IGNORED));
        askedAgain |= ignored;
        return inSpeech || ignored;
    }

    /** Whether everything is answered, and has been heard for at least {@code quiet}. */
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
     * Notes the loss of the stream and returns the events that complete its answer. Sentences heard whole are final. An answer without a
     * whole sentence is taken back and its question asked again; an answer that was cut later is to be continued. Running tools are waited
     * for, and their question with them.
     */
    List<ModelEvent> cut(Instant now) {
        boolean wasSpeaking = speaking(now) || (speaking && !openBlock.isEmpty());
        var events = new ArrayList<ModelEvent>();
        List<Sentence> whole = sentences.stream().filter(Sentence::sounded).toList();
        if (wasSpeaking && whole.isEmpty() && !spokeWhole) {
            history.takeBack(Role.USER);
            if (!question.isEmpty()) {
                pending.addFirst(question);
            }
            events.add(new ModelEvent.Interrupted());
            playedUntil = now;
        } else {
            finish(whole, wasSpeaking, events);
        }
        speaking = false;
        openBlock = "";
        sentences.clear();
        orphan();
        return events;
    }

    private void finish(List<Sentence> whole, boolean wasSpeaking, List<ModelEvent> events) {
        if (!openBlock.isEmpty()) {
            events.add(new ModelEvent.AudioEnd(openBlock, StopReason.END_TURN));
        }
        for (Sentence sentence : whole) {
            events.add(sentence.asSaid());
            history.add(Role.ASSISTANT, sentence.text());
        }
        if (wasSpeaking) {
            pending.addFirst(GO_ON);
        }
    }

    /** Assigns the running tools to the next stream: their question waits for them. */
    void orphan() {
        if (!tools.isEmpty()) {
            history.add(Role.USER, String.join(" ", pending));
            pending.clear();
            orphans.putAll(tools);
            trim(orphans);
            tools.clear();
        }
    }

    /** Returns the texts that the next stream must be asked, since the last one did not answer them. */
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
