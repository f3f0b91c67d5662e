package dev.parley.speech.turn;

import dev.parley.speech.turn.UserTurn.Effect.BargeIn;
import dev.parley.speech.turn.UserTurn.Effect.Begin;
import dev.parley.speech.turn.UserTurn.Effect.Cancel;
import dev.parley.speech.turn.UserTurn.Effect.Cut;
import dev.parley.speech.turn.UserTurn.Effect.Decode;
import dev.parley.speech.turn.UserTurn.Effect.Dismissed;
import dev.parley.speech.turn.UserTurn.Effect.Heard;
import dev.parley.speech.turn.UserTurn.Effect.Hold;
import dev.parley.speech.turn.UserTurn.Effect.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Implements the user's side of a conversation as a machine. Its input is the probability that each 32 ms frame holds a voice; its output
 * is the effects to perform. Time is the number of frames. Not thread-safe; it holds a few numbers and the texts of one turn.
 *
 * <p>
 * A voice alone never ends an answer. A voice over an answer holds the answer; the words that are then recognised decide what it
 * was ({@link Interjection}). The words of a turn decide how much silence ends it ({@link Completeness}, {@link Pauses}).
 *
 * <table>
 * <caption>Transitions; "an answer" is one that is due, heard or held ({@link Floor}); a wait is one of {@link Pauses}, scaled by
 * {@link Pace}</caption>
 * <tr><th>state</th><th>input</th><th>effects</th></tr>
 * <tr><td>quiet</td><td>3 frames of voice</td><td>Begin; then talking</td></tr>
 * <tr><td>talking</td><td>4 frames of voice, and an answer that is not held</td><td>Hold</td></tr>
 * <tr><td>talking</td><td>silence of {@link Pauses#decode}, or of 160 ms while an answer is held</td><td>Decode</td></tr>
 * <tr><td>talking</td><td>voice again</td><td>Cancel, if a Decode is out</td></tr>
 * <tr><td>talking</td><td>28 s without a pause</td><td>Decode, Cut</td></tr>
 * <tr><td>talking</td><td>decoded in a pause after 20 s</td><td>Cut; the text is kept</td></tr>
 * <tr><td>talking</td><td>decoded over an answer: speech, or assent to a question</td><td>BargeIn</td></tr>
 * <tr><td>talking</td><td>decoded over a held answer: a backchannel or a murmur</td><td>Release</td></tr>
 * <tr><td>talking</td><td>decoded, and the wait for its words is over</td><td>Heard; Dismissed for a murmur, "wait", or a backchannel over an answer;
 * then quiet</td></tr>
 * <tr><td>quiet</td><td>30 s after "wait"</td><td>Release</td></tr>
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

        /** Holds the answer, because a voice is heard: nothing more of it is said until {@link Release} or {@link BargeIn}. */
        record Hold() implements Effect {}

        /** Lets the held answer go on. */
        record Release() implements Effect {}

        /** Drops the answer, because the user's words interrupt it. */
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
    static final int HOLD_FRAMES = 4;
    /** Silence after which words are recognised while an answer is held: 160 ms, so that it soon goes on. */
    static final int HELD_DECODE_FRAMES = 5;
    static final int WILLING_CUT_FRAMES = 625;
    static final int FORCED_CUT_FRAMES = 875;
    /** Time after "wait" until the answer goes on by itself: 30 s. */
    static final int WAIT_FRAMES = 938;
    /** Limit of about five minutes of speech without an end. The turn is then ended. */
    static final int MAX_PIECES = 12;

    private final Pauses base;
    private final Pace pace = new Pace();
    private final int decodeFrames;
    private Pauses pauses;

    private boolean talking;
    private int voiceRun;
    private int silent;
    private int kept;
    private int attempts;
    private @Nullable Piece current;
    /** The judgement of the words so far; null if other words have come since. */
    private @Nullable Completeness completeness;
    private final List<Piece> pieces = new ArrayList<>();

    private boolean held;
    /** Whether the user said "wait". */
    private boolean waiting;
    /** Whether there was an answer, and a question of the assistant, during the turn. */
    private boolean overAnswer;

    private boolean overQuestion;
    /** Words of this turn have dropped an answer. */
    private boolean bargedIn;
    /** The number of frames since the user said "wait". */
    private int waited;
    /** The number of frames since the voice of the turn before ended, and how many had passed when this turn began. */
    private int gap;

    private int gapBefore;

    private static final class Piece {
        private final int attempt;
        private @Nullable String text;

        Piece(int attempt) {
            this.attempt = attempt;
        }
    }

    public UserTurn(Pauses pauses) {
        base = pauses;
        this.pauses = pauses;
        decodeFrames = frames(pauses.decode());
    }

    private static int frames(Duration pause) {
        return Math.max(1, Math.ceilDiv((int) pause.toMillis(), (int) FRAME.toMillis()));
    }

    /** Returns whether the user has begun a turn that has not ended. */
    public boolean talking() {
        return talking;
    }

    /** Returns whether the machine needs frames, although no sound may come: during a turn, and while the answer waits. */
    public boolean needsFrames() {
        return talking || waiting;
    }

    /** Returns the words of the turn if all of them are known and they probably end it. */
    public Optional<String> probableEnd() {
        return talking && known() && meaning() == Interjection.SPEECH
                && completeness() != Completeness.UNFINISHED ? Optional.of(words()) : Optional.empty();
    }

    /** Records that the answer was replaced, so that nothing is held. */
    public void answerReplaced() {
        held = false;
        waiting = false;
    }

    /** Records that the last turn to begin continues the previous one, which had been wrongly ended. */
    public void continued() {
        pace.mistaken(FRAME.multipliedBy(gapBefore));
        pauses = pace.adapt(base);
    }

    /**
     * Handles the next frame.
     *
     * @param voice probability that the frame holds a voice, 0 to 1
     * @param floor the assistant's side at this moment
     */
    public List<Effect> frame(double voice, Floor floor) {
        List<Effect> effects = new ArrayList<>();
        int silentBefore = silent;
        count(voice);
        waited++;
        if (!talking) {
            if (voiceRun < BEGIN_FRAMES) {
                rest(effects);
                return effects;
            }
            begin();
            effects.add(new Begin());
        } else {
            kept++;
            if (silent == 0 && silentBefore >= decodeFrames) {
                pace.paused(FRAME.multipliedBy(silentBefore));
                pauses = pace.adapt(base);
            }
        }
        overAnswer |= floor != Floor.FREE;
        overQuestion |= floor == Floor.ASKING;
        if (floor != Floor.FREE && !held && voiceRun >= HOLD_FRAMES) {
            held = true;
            effects.add(new Hold());
        }
        follow(effects);
        return effects;
    }

    /** Handles the words of an attempt. Ignores late results of cancelled attempts. */
    public List<Effect> decoded(int attempt, String text, Floor floor) {
        List<Effect> effects = new ArrayList<>();
        completeness = null;
        if (current != null && current.attempt == attempt) {
            current.text = text;
            decide(effects, floor);
        } else {
            pieces.stream().filter(piece -> piece.attempt == attempt).forEach(piece -> piece.text = text);
        }
        end(effects);
        return effects;
    }

    private void count(double voice) {
        if (voice > VOICE) {
            voiceRun++;
            silent = 0;
        } else if (voice < SILENCE) {
            voiceRun = 0;
            silent++;
        }
        if (!talking && voice <= VOICE) {
            voiceRun = 0;
        }
    }

    /** Counts the time between turns. */
    private void rest(List<Effect> effects) {
        gap++;
        if (waiting && waited >= WAIT_FRAMES) {
            release(effects);
        }
    }

    private void begin() {
        talking = true;
        completeness = null;
        kept = PRE_ROLL_FRAMES;
        silent = 0;
        overAnswer = false;
        overQuestion = false;
        bargedIn = false;
        gapBefore = gap;
    }

    private void follow(List<Effect> effects) {
        if (silent == 0 && current != null) {
            effects.add(new Cancel(current.attempt));
            current = null;
        }
        if (silent >= (held ? HELD_DECODE_FRAMES : decodeFrames) && current == null) {
            current = new Piece(++attempts);
            effects.add(new Decode(current.attempt));
        } else if (kept >= FORCED_CUT_FRAMES && current == null) {
            var piece = new Piece(++attempts);
            effects.add(new Decode(piece.attempt));
            cut(piece, effects);
        }
        end(effects);
    }

    /** Decides what the words so far mean for the answer. Later words of the turn can still turn a backchannel into speech. */
    private void decide(List<Effect> effects, Floor floor) {
        if ((floor == Floor.FREE && !held) || !known()) {
            return;
        }
        switch (meaning()) {
            case SPEECH -> {
                held = false;
                waiting = false;
                bargedIn = true;
                effects.add(new BargeIn());
            }
            case WAIT -> {
                waiting = held;
                waited = 0;
            }
            case MURMUR -> {
                if (!waiting) {
                    release(effects);
                }
            }
            case BACKCHANNEL, ASSENT -> release(effects);
        }
    }

    private void release(List<Effect> effects) {
        waiting = false;
        if (held) {
            held = false;
            effects.add(new Release());
        }
    }

    /** Returns what the words of the turn are. Assent is speech if it answers a question, or if there is no answer to agree with. */
    private Interjection meaning() {
        var meaning = Interjection.of(words());
        boolean speech = switch (meaning) {
            case MURMUR -> false;
            case WAIT -> bargedIn;
            case BACKCHANNEL -> bargedIn || !overAnswer;
            case ASSENT -> bargedIn || !overAnswer || overQuestion;
            case SPEECH -> true;
        };
        return speech ? Interjection.SPEECH : meaning;
    }

    private boolean known() {
        return current != null && current.text != null
                && pieces.stream().noneMatch(piece -> piece.text == null);
    }

    private void end(List<Effect> effects) {
        if (!known()) {
            if (pieces.size() > MAX_PIECES) {
                finish(effects);
            }
            return;
        }
        if (silent >= frames(pauses.after(completeness())) || pieces.size() >= MAX_PIECES) {
            finish(effects);
        } else if (kept >= WILLING_CUT_FRAMES && current != null) {
            cut(current, effects);
            // Nothing new has been said in this pause: what follows it begins a piece of its own, and an empty one ends the turn.
            current = new Piece(++attempts);
            current.text = "";
        }
    }

    private Completeness completeness() {
        var judged = completeness;
        if (judged == null) {
            judged = Completeness.of(words());
            completeness = judged;
        }
        return judged;
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

    private void finish(List<Effect> effects) {
        boolean speech = meaning() == Interjection.SPEECH;
        if (speech && held) {
            held = false;
            waiting = false;
            effects.add(new BargeIn());
        } else if (!speech && !waiting) {
            release(effects);
        }
        effects.add(speech ? new Heard(words()) : new Dismissed());
        talking = false;
        voiceRun = 0;
        gap = silent;
        silent = 0;
        current = null;
        pieces.clear();
    }
}
