package dev.parley.cluster.core;

import java.util.Optional;
import java.util.regex.Pattern;

/** The id of an entry of a log, as Redis gives it: milliseconds and a sequence number, both unsigned. Ids grow. Immutable. */
public record LogId(long millis, long sequence) implements Comparable<LogId> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,20})-([0-9]{1,20})");

    /** Returns the id that a text like {@code 1700000000000-0} stands for; empty if it stands for none. */
    public static Optional<LogId> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LogId(Long.parseUnsignedLong(parts.group(1)),
                    Long.parseUnsignedLong(parts.group(2))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns the id as Redis writes it. */
    public String text() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
    }

    @Override
    public int compareTo(LogId other) {
        int byTime = Long.compareUnsigned(millis, other.millis);
        return byTime != 0 ? byTime : Long.compareUnsigned(sequence, other.sequence);
    }

    /** Returns whether the other entry comes first. */
    public boolean isAfter(LogId other) {
        return compareTo(other) > 0;
    }
}
