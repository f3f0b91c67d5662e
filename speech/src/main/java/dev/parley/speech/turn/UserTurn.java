package dev.parley.speech.turn;

import dev.parley.speech.turn.UserTurn.Effect.BargeIn;
import dev.parley.speech.turn.UserTurn.Effect.Begin;
import dev.parley.speech.turn.UserTurn.Effect.Cancel;
import dev.parley.speech.turn.UserTurn.Effect.Cut;
import dev.parley.speech.turn.UserTurn.Effect.Decode;
import dev.parley.speech.turn.UserTurn.Effect.Dismissed;
import dev.parley.speech.turn.UserTurn.Effect.Heard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Implements the user's side of a conversation as a machine. Its input is the probability that each 32 ms frame holds a voice; its output
 * is the effects to perform. Time is the number of frames. Not thread-safe; it holds a few numbers and the texts of one turn.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>state</th><th>input</th><th>effects</th></tr>
 * <tr><td>quiet</td><td>3 frames of voice</td><td>Begin; then talking</td></tr>
 * <tr><td>talking</td><td>4 frames of voice while an answer is going</td><td>BargeIn</td></tr>
 * <tr><td>talking</td><td>silence of {@link Pauses#decode}</td><td>Decode</td></tr>
 * <tr><td>talking</td><td>voice again</td><td>Cancel, if a Decode is out</td></tr>
 * <tr><td>talking</td><td>28 s without a pause</td><td>Decode, Cut</td></tr>
 * <tr><td>talking</td><td>decoded in a pause after 20 s</td><td>Cut; the text is kept</td></tr>
 * <tr><td>talking</td><td>decoded, and {@link Pauses#finished} (text ends in . ? !) or {@link Pauses#unfinished}</td><td>Heard, or
 * Dismissed if there are no words or they were a murmur during an answer; then quiet</td></tr>
 * </table>
 */
public final class UserTurn {

    /** An effect that the owner of the machine performs, in order. */
    public sealed interface Effect {
        /** Begins a turn. The last {@link #PRE_ROLL_FRAMES} frames, this one included, belong to it. */
        record Begin() implements Effect {}

        /** Recognises the sound kept since the turn's beginning or the last cut. The owner returns the text to {@link UserTurn#decoded}. */
        record Decode(int attempt) implements Effect {}

        /** Cancels that attempt: its result is no longer needed. */
        record Cancel(int attempt) implements Effect {}

        /** Discards the sound kept so far; the turn continues. */
        record Cut() implements Effect {}

        /** Stops the answer, because the user speaks over it. */
        record BargeIn() implements Effect {}

        /** Ends the turn with these words. */
        record Heard(String text) implements Effect {}

        /** Ends the turn without an answer. */
        record Dismissed() implements Effect {}
    }

    public static final Duration FRAME = Duration.ofMillis(32);
    /** Frames before detection that belong to a turn: 384 ms. Speech is heard a little before the detector is sure of it. */
    public static final int PRE_ROLL_FRAMES = 12;

    static final double VOICE = 0.5;
    static final double SILENCE = 0.35;
    static final int BEGIN_FRAMES = 3;
    static final int BARGE_IN_FRAMES = 4;
    static final int WILLING_CUT_FRAMES = 625;
    static final int FORCED_CUT_FRAMES = 875;
    /** Limit of about five minutes of speech without an end. The turn is then ended. */
    static final int MAX_PIECES = 12;

    private final int decodeFrames;
    private final int finishedFrames;
    private final int unfinishedFrames;

    private boolean talking;
    private int voiced;
    private int voiceRun;
    private int silent;
    private int kept;
    private int attempts;
    private boolean anyBargeIn;
    private @Nullable Piece current;
    private final List<Piece> pieces = new ArrayList<>();

    private static final class Piece {
        private final int attempt;
        private @Nullable String text;

        Piece(int attempt) {
            this.attempt = attempt;
        }
    }

    public UserTurn(Pauses pauses) {
        decodeFrames = frames(pauses.decode());
        finishedFrames = frames(pauses.finished());
        unfinishedFrames = frames(pauses.unfinished());
    }

    private static int frames(Duration pause) {
        return Math.max(1, Math.ceilDiv((int) pause.toMillis(), (int) FRAME.toMillis()));
    }

    /** Returns whether the user has begun a turn that has not ended. */
    public boolean talking() {
        return talking;
    }

    /**
     * Handles the next frame.
     *
     * @param voice     probability that the frame holds a voice, 0 to 1
     * @param answering whether an answer is being prepared or heard
     */
    public List<Effect> frame(double voice, boolean answering) {
        List<Effect> effects = new ArrayList<>();
        count(voice);
        if (!talking) {
            if (voiceRun < BEGIN_FRAMES) {
                return effects;
            }
            begin();
            effects.add(new Begin());
        } else {
            kept++;
        }
        if (answering && voiceRun >= BARGE_IN_FRAMES) {
            anyBargeIn = true;
            effects.add(new BargeIn());
        }
        follow(effects, answering);
        return effects;
    }

    /** Handles the words of an attempt. Ignores late results of cancelled attempts. */
    public List<Effect> decoded(int attempt, String text, boolean answering) {
        List<Effect> effects = new ArrayList<>();
        if (current != null && current.attempt == attempt) {
            current.text = text;
        } else {
            pieces.stream().filter(piece -> piece.attempt == attempt).forEach(piece -> piece.text = text);
        }
        end(effects, answering);
        return effects;
    }

    private void count(double voice) {
        if (voice > VOICE) {
            voiceRun++;
            voiced++;
            silent = 0;
        } else if (voice < SILENCE) {
            voiceRun = 0;
            silent++;
        }
        if (!talking && voice <= VOICE) {
            voiceRun = 0;
        }
    }

    private void begin() {
        talking = true;
        kept = PRE_ROLL_FRAMES;
        voiced = voiceRun;
        silent = 0;
        anyBargeIn = false;
    }

    private void follow(List<Effect> effects, boolean answering) {
        if (silent == 0 && current != null) {
            effects.add(new Cancel(current.attempt));
            current = null;
        }
        if (silent >= decodeFrames && current == null) {
            current = new Piece(++attempts);
            effects.add(new Decode(current.attempt));
        } else if (kept >= FORCED_CUT_FRAMES && current == null) {
            var piece = new Piece(++attempts);
            effects.add(new Decode(piece.attempt));
            cut(piece, effects);
        }
        end(effects, answering);
    }

    private void end(List<Effect> effects, boolean answering) {
        if (current == null || current.text == null
                || pieces.stream().anyMatch(piece -> piece.text == null)) {
            if (pieces.size() > MAX_PIECES) {
                finish(effects, answering);
            }
            return;
        }
        String words = words();
        boolean finished = !words.isEmpty() && ".?!".indexOf(words.charAt(words.length() - 1)) >= 0;
        if (silent >= (finished ? finishedFrames : unfinishedFrames) || pieces.size() >= MAX_PIECES) {
            finish(effects, answering);
        } else if (kept >= WILLING_CUT_FRAMES) {
            cut(current, effects);
            // Nothing new has been said in this pause: what follows it begins a piece of its own, and an empty one ends the turn.
            current = new Piece(++attempts);
            current.text = "";
        }
    }

    private void cut(Piece piece, List<Effect> effects) {
        pieces.add(piece);
        current = null;
        kept = 0;
        effects.add(new Cut());
    }

    private String words() {
        String last = current == null || current.text == null ? "" : current.text;
        return (pieces.stream()
                .map(piece -> piece.text == null ? "" : piece.text)
                .collect(Collectors.joining(" ")) + " " + last).strip();
    }

    private void finish(List<Effect> effects, boolean answering) {
        String words = words();
        boolean murmur = answering && !anyBargeIn && voiced < BARGE_IN_FRAMES;
        effects.add(words.isEmpty() || murmur ? new Dismissed() : new Heard(words));
        talking = false;
        voiceRun = 0;
        silent = 0;
        current = null;
        pieces.clear();
    }
}
