package dev.parley.bench.driver;

/** The send times of messages whose echo is outstanding, oldest first. Bounded. */
final class SendTimes {
    private static final int LIMIT = 1024;

    private long[] times = new long[4];
    private int first;
    private int size;

    boolean isFull() {
        return size == LIMIT;
    }

    int size() {
        return size;
    }

    void add(long time) {
        if (size == times.length) {
            var larger = new long[size * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = times[(first + i) % times.length];
            }
            times = larger;
            first = 0;
        }
        times[(first + size++) % times.length] = time;
    }

    /** The oldest; -1 when there is none. */
    long poll() {
        if (size == 0) {
            return -1;
        }
        long time = times[first];
        first = (first + 1) % times.length;
        size--;
        return time;
    }
}
