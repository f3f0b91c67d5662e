package dev.parley.speech.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of an answer has been heard by now. Sound is sent faster than it is heard, so this keeps the time of a listener who plays it from
 * the moment it was sent. Not thread-safe.
 */
public final class Playback {

    /** A sentence that was sent. */
    public record Sentence(String blockId, String text, Duration length, boolean last) {}

    /** What was heard of a sentence that was interrupted. */
    public record Part(String blockId, String text) {}

    private record Playing(Sentence sentence, Instant start) {
        Instant end() {
            return start.plus(sentence.length());
        }
    }

    private final ArrayDeque<Playing> queue = new ArrayDeque<>();
    private Instant free = Instant.MIN;

    /** A sentence was sent: it is heard now, or after those before it. */
    public void sent(Sentence sentence, Instant now) {
        Instant start = free.isAfter(now) ? free : now;
        queue.add(new Playing(sentence, start));
        free = start.plus(sentence.length());
    }

    /** The sentences whose end has been heard since the last call. */
    public List<Sentence> heard(Instant now) {
        List<Sentence> heard = new ArrayList<>();
        while (!queue.isEmpty() && !queue.getFirst().end().isAfter(now)) {
            heard.add(queue.removeFirst().sentence());
        }
        return heard;
    }

    /** When the next sentence will have been heard. */
    public Optional<Instant> next() {
        return queue.isEmpty() ? Optional.empty() : Optional.of(queue.getFirst().end());
    }

    /** Whether something is left to be heard, once {@link #heard} was asked. */
    public boolean playing() {
        return !queue.isEmpty();
    }

    /** How much sound is still to be heard. */
    public Duration ahead(Instant now) {
        return free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
    }

    /** Silence falls. What was heard of the sentence that was being spoken, in whole words; nothing if none was heard. */
    public Optional<Part> interrupt(Instant now) {
        Optional<Part> part = queue.isEmpty() ? Optional.empty() : part(queue.getFirst(), now);
        queue.clear();
        free = now;
        return part;
    }

    private static Optional<Part> part(Playing playing, Instant now) {
        String text = playing.sentence().text();
        long played = Duration.between(playing.start(), now).toMillis();
        long length = Math.max(1, playing.sentence().length().toMillis());
        int reached = Math.clamp(played * text.length() / length, 0, text.length());
        int end = reached == text.length() ? reached : text.lastIndexOf(' ', reached);
        return end <= 0 ? Optional.empty()
                : Optional.of(new Part(playing.sentence().blockId(), text.substring(0, end).strip()));
    }
}
