package dev.parley.speech;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.stream.Collectors;

/** The texts that the assistant said last, with their times. Keeps the last {@value #MOST}. Not thread-safe. */
final class SaidTexts {

    private static final int MOST = 32;

    private final ArrayDeque<Said> texts = new ArrayDeque<>();

    /** A text and when it is heard. */
    private record Said(String text, Instant from, Instant to) {}

    void add(String text, Instant from, Instant to) {
        if (texts.size() == MOST) {
            texts.removeFirst();
        }
        texts.add(new Said(text, from, to));
    }

    /** Records that no text is heard that would begin at that time or later. */
    void stop(Instant now) {
        texts.removeIf(text -> !text.from().isBefore(now));
    }

    /** Returns the texts that were heard between two times, as one. */
    String between(Instant from, Instant to) {
        return texts.stream()
                .filter(text -> text.from().isBefore(to) && text.to().isAfter(from))
                .map(Said::text)
                .collect(Collectors.joining(" "));
    }
}
