package dev.parley.nova;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tracks how much of the assistant's answer was passed to the conversation: the sentences that were announced, and the audio of each. At
 * most {@value #MAX_SENTENCES} sentences wait for their final text. Not thread-safe.
 */
final class SpokenAnswer {

    private static final int MAX_SENTENCES = 256;
    private static final int BYTES_PER_MILLI = 48;
    /** An answer of which nothing came for this long is over: an answer that only used a tool has no end. */
    private static final Duration OVER = Duration.ofSeconds(10);
    /** A stream that owes more of a sentence and has sent nothing for this long, nor is any audio left to play, has stalled. */
    private static final Duration STALLED = Duration.ofSeconds(5);
    /** A stream that has the result of a tool, used in mid-answer, and does not go on for this long has stalled. */
    private static final Duration STALLED_AFTER_TOOL = Duration.ofSeconds(8);
    /** The wait for a sentence's final text after its audio. */
    private static final Duration FINAL_TEXT = Duration.ofSeconds(3);
    /** A usual pace of speech, in characters a second, until the pace of this conversation is known. */
    private static final double USUAL_PACE = 15;

    private final List<Sentence> sentences = new ArrayList<>();
    private String openBlock = "";
    private boolean speaking;
    /** Whether the answer goes on after a tool, and when the result came, {@link Instant#MAX} if it has not. */
    private boolean owesAfterTool;
    private Instant resultAt = Instant.MAX;
    private Instant lastHeard = Instant.MIN;
    private Instant playedUntil = Instant.MIN;
    private long paceCharacters;
    private long paceMillis;

    /** A sentence that was announced. */
    private static final class Sentence {
        final String block;
        final String text;
        /** The number of the question that it answers. */
        final int answer;
        /** The number of the stream that announced it. */
        final int stream;
        long millis;
        boolean sounded;

        Sentence(ModelEvent.AssistantText announced, int answer, int stream) {
            this.block = announced.blockId();
            this.text = announced.text();
            this.answer = answer;
            this.stream = stream;
        }
    }

    /**
     * Words that were spoken for certain.
     *
     * @param answer the number of the question that they answer
     */
    record Words(String block, String text, int answer) {

        ModelEvent event(StopReason stop) {
            return new ModelEvent.AssistantText(block + "-final", Stage.FINAL, text, stop);
        }
    }

    /** Returns whether an answer begins or goes on with this event. */
    static boolean begins(ModelEvent event) {
        return event instanceof ModelEvent.Audio
                || (event instanceof ModelEvent.AssistantText text && text.stage() == Stage.SPECULATIVE);
    }

    void announced(ModelEvent.AssistantText text, int answer, int stream, Instant now) {
        goesOn(now);
        goesOnAfterTool();
        if (sentences.size() < MAX_SENTENCES) {
            sentences.add(new Sentence(text, answer, stream));
        }
    }

    void audio(ModelEvent.Audio piece, Instant now) {
        goesOn(now);
        if (!owesAudio()) {
            goesOnAfterTool();
        }
        openBlock = piece.blockId();
        int millis = piece.pcm().length / BYTES_PER_MILLI;
        playedUntil = (playedUntil.isAfter(now) ? playedUntil : now).plusMillis(millis);
        unsounded().ifPresent(sentence -> sentence.millis += millis);
    }

    private void goesOn(Instant now) {
        lastHeard = now;
        speaking = true;
    }

    /** Ends the wait for the rest of an answer. Speech before the tool's result is not that rest. */
    private void goesOnAfterTool() {
        owesAfterTool &= resultAt.equals(Instant.MAX);
    }

    /** Notes the end of a sentence's audio, or of the whole answer's. */
    void audioEnded(StopReason stop) {
        openBlock = "";
        unsounded().ifPresent(sentence -> {
            sentence.sounded = true;
            paceCharacters += sentence.text.length();
            paceMillis += sentence.millis;
        });
        if (stop == StopReason.END_TURN) {
            speaking = false;
            owesAfterTool = false;
        }
    }

    private Optional<Sentence> unsounded() {
        return sentences.stream().filter(sentence -> !sentence.sounded).findFirst();
    }

    /** Notes that a tool is called, after which an answer that has begun goes on. */
    void toolCalled(Instant now) {
        lastHeard = now;
        owesAfterTool = speaking;
        resultAt = Instant.MAX;
    }

    /** Notes that the stream has the results of all its tools. */
    void toolsReturned(Instant now) {
        resultAt = now;
    }

    /**
     * Finds the announced sentence that a final text belongs to, and forgets it.
     *
     * @return the number of the question that it answers, or nothing if no sentence begins so
     */
    Optional<Integer> finalText(String text) {
        Optional<Sentence> found = sentences.stream().filter(one -> one.text.startsWith(text)).findFirst();
        found.ifPresent(sentences::remove);
        return found.map(sentence -> sentence.answer);
    }

    /** Forgets the first sentence of an earlier answer, or of this one. */
    void dropFirst(boolean earlier, int answer) {
        sentences.stream()
                .filter(one -> earlier == one.answer < answer)
                .findFirst()
                .ifPresent(sentences::remove);
    }

    void interrupted(Instant now) {
        playedUntil = now;
        reset();
    }

    /** Forgets the sentences that a stream announced. Returns those that were heard whole. */
    List<Words> left(int stream) {
        List<Words> whole = whole(sentences.stream().filter(one -> one.stream == stream).toList());
        sentences.removeIf(one -> one.stream == stream);
        return whole;
    }

    /** Returns the sentences that were heard whole. */
    List<Words> whole() {
        return whole(sentences);
    }

    private static List<Words> whole(List<Sentence> of) {
        return of.stream()
                .filter(one -> one.sounded)
                .map(one -> new Words(one.block, one.text, one.answer))
                .toList();
    }

    /** Returns what was heard of the sentence that is being spoken, to a whole word: estimated from its audio and the pace so far. */
    Optional<Words> part() {
        return unsounded().flatMap(one -> {
            String said = upTo(one.text, (int) (one.millis * pace()));
            return said.isEmpty() ? Optional.empty() : Optional.of(new Words(one.block, said, one.answer));
        });
    }

    private double pace() {
        return paceMillis < 1_000 ? USUAL_PACE / 1_000 : (double) paceCharacters / paceMillis;
    }

    private static String upTo(String text, int characters) {
        if (characters >= text.length()) {
            return text;
        }
        int end = characters;
        while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return text.substring(0, end).strip();
    }

    /** Returns the block whose audio is incomplete, or "". */
    String openBlock() {
        return openBlock;
    }

    /** Forgets the answer: it was interrupted, or its stream is gone. */
    void reset() {
        speaking = false;
        owesAfterTool = false;
        openBlock = "";
        sentences.clear();
    }

    /** Drops audio that was passed on but not heard yet. */
    void silence(Instant now) {
        playedUntil = now;
    }

    /** Returns whether the end of the answer has not come. */
    boolean open() {
        return speaking;
    }

    /** Returns whether an answer is in progress. */
    boolean speaking(Instant now) {
        return speaking && (owesAudio() || owesAfterTool || now.isBefore(lastHeard.plus(OVER)));
    }

    /** Returns whether the audio of an announced sentence is incomplete. */
    boolean owesAudio() {
        return !openBlock.isEmpty() || unsounded().isPresent();
    }

    /** Returns whether the stream has stopped in the middle of a sentence, or after a tool. */
    boolean stalled(Instant now) {
        boolean inSentence = owesAudio() && !now.isBefore(lastHeard.plus(STALLED))
                && !now.isBefore(playedUntil.plus(STALLED));
        boolean afterTool = owesAfterTool && resultAt.isBefore(now)
                && !now.isBefore(resultAt.plus(STALLED_AFTER_TOOL));
        return speaking && (inSentence || afterTool);
    }

    /** Returns whether the final text of an announced sentence is missing: only that tells how much of it was spoken. */
    boolean awaitsFinalText() {
        return !sentences.isEmpty();
    }

    /** Returns whether no answer is in progress, and the last one has been heard for at least {@code quiet}. */
    boolean over(Duration quiet, Instant now) {
        return !speaking(now) && !now.isBefore(playedUntil.plus(quiet))
                && (sentences.isEmpty() || !now.isBefore(playedUntil.plus(FINAL_TEXT)));
    }
}
