package dev.parley.bench.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers, counted from one, that one receiver got from one sender: which are missing, how many came again or too late. Not
 * thread-safe.
 */
final class ReceivedSequence {
    /** The gaps below {@link #next}: first number to last number. */
    private final TreeMap<Integer, Integer> gaps = new TreeMap<>();
    private int next = 1;
    private int doubled;
    private int disordered;

    /** An interval of numbers, both included. */
    record Range(int first, int last) {
        int size() {
            return last - first + 1;
        }
    }

    void add(int number) {
        if (number == next) {
            next++;
        } else if (number > next) {
            gaps.put(next, number - 1);
            next = number + 1;
        } else {
            late(number);
        }
    }

    private void late(int number) {
        Map.Entry<Integer, Integer> gap = gaps.floorEntry(number);
        if (gap == null || gap.getValue() < number) {
            doubled++;
            return;
        }
        disordered++;
        gaps.remove(gap.getKey());
        if (gap.getKey() < number) {
            gaps.put(gap.getKey(), number - 1);
        }
        if (number < gap.getValue()) {
            gaps.put(number + 1, gap.getValue());
        }
    }

    /** Returns the numbers that did not come, of those from one to {@code last}. */
    List<Range> missing(int last) {
        var ranges = new ArrayList<Range>();
        gaps.forEach((first, end) -> ranges.add(new Range(first, end)));
        if (next <= last) {
            ranges.add(new Range(next, last));
        }
        return ranges;
    }

    /** The highest number that came; 0 if none did. */
    int highest() {
        return next - 1;
    }

    /** Numbers that came although they had come before. */
    int doubled() {
        return doubled;
    }

    /** Numbers that came after a higher one. */
    int disordered() {
        return disordered;
    }
}
