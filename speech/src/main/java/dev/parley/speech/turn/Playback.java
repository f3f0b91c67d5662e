package dev.parley.speech.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tracks how much of an answer has been heard by now. Sound is sent faster than it is heard, so this class models a listener who plays it
 * from the moment it was sent. Not thread-safe.
 */
public final class Playback {

    /**
     * A sentence that was sent.
     *
     * @param from   offset in the text at which the sound begins, in characters
     * @param length length of the sound
     */
    public record Sentence(String blockId, String text, int from, Duration length, boolean last) {}

    /** The part of an interrupted sentence that was heard. */
    public record Part(String blockId, String text) {}

    private record Playing(Sentence sentence, Instant start) {
        Instant end() {
            return start.plus(sentence.length());
        }

        /** Returns how far the text was heard, in characters. */
        int reached(Instant now) {
            long played = Math.max(0, Duration.between(start, now).toMillis());
            int spoken = sentence.text().length() - sentence.from();
            return sentence.from()
                    + (int) Math.min(spoken, played * spoken / Math.max(1, sentence.length().toMillis()));
        }
    }

    private final ArrayDeque<Playing> queue = new ArrayDeque<>();
    private Instant free = Instant.MIN;

    /** Records that a sentence was sent, and returns when it is heard: now, or after the sentences before it. */
    public Instant sent(Sentence sentence, Instant now) {
        Instant start = free.isAfter(now) ? free : now;
        queue.add(new Playing(sentence, start));
        free = start.plus(sentence.length());
        return start;
    }

    /** Records that the sentence that was sent last is the last one of its answer. */
    public void lastEnds() {
        if (!queue.isEmpty()) {
            Playing playing = queue.removeLast();
            var sentence = playing.sentence();
            queue.add(new Playing(new Sentence(sentence.blockId(), sentence.text(), sentence.from(),
                    sentence.length(), true), playing.start()));
        }
    }

    /** Returns the sentences whose end has been heard since the last call. */
    public List<Sentence> heard(Instant now) {
        List<Sentence> heard = new ArrayList<>();
        while (!queue.isEmpty() && !queue.getFirst().end().isAfter(now)) {
            heard.add(queue.removeFirst().sentence());
        }
        return heard;
    }

    /** Returns when the next sentence will have been heard. */
    public Optional<Instant> next() {
        return queue.isEmpty() ? Optional.empty() : Optional.of(queue.getFirst().end());
    }

    /** Returns whether sound is left to be heard. Call {@link #heard} first. */
    public boolean playing() {
        return !queue.isEmpty();
    }

    /** Returns the sentence that is heard now, if any. */
    public Optional<Sentence> current() {
        return queue.isEmpty() ? Optional.empty() : Optional.of(queue.getFirst().sentence());
    }

    /** Returns how much sound is still to be heard. */
    public Duration ahead(Instant now) {
        return free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
    }

    /** Returns the heard part of the current sentence, in whole words; empty if none was heard. */
    public Optional<Part> part(Instant now) {
        return queue.isEmpty() ? Optional.empty() : part(queue.getFirst(), now);
    }

    /**
     * Stops playback.
     *
     * @return the sentences to send again, in order; the first from the last beginning of a clause that was heard
     */
    public List<Sentence> stop(Instant now) {
        List<Sentence> rest = new ArrayList<>();
        for (Playing playing : queue) {
            var sentence = playing.sentence();
            int from = Clauses.lastBeginning(sentence.text(), sentence.from(), playing.reached(now));
            rest.add(new Sentence(sentence.blockId(), sentence.text(), from, sentence.length(),
                    sentence.last()));
        }
        queue.clear();
        free = now;
        return rest;
    }

    private static Optional<Part> part(Playing playing, Instant now) {
        String text = playing.sentence().text();
        int reached = playing.reached(now);
        int end = reached == text.length() ? reached : text.lastIndexOf(' ', reached);
        return end <= 0 ? Optional.empty()
                : Optional.of(new Part(playing.sentence().blockId(), text.substring(0, end).strip()));
    }
}
