package dev.parley.bench.driver;

import java.util.Arrays;

/** Counts messages and their latencies, in buckets 1/16 of their power of two wide. Belongs to the driver's loop. */
public final class LatencyMeter {
    private static final int SUB = 16;

    private long[] buckets = new long[64 * SUB];
    private long messages;
    private long skipped;

    void message() {
        messages++;
    }

    void skipped() {
        skipped++;
    }

    void latency(long nanos) {
        buckets[bucket(Math.max(SUB, nanos))]++;
    }

    /** Returns the counts since the last call. */
    public Reading take() {
        var reading = new Reading(messages, skipped, buckets);
        buckets = new long[buckets.length];
        messages = 0;
        skipped = 0;
        return reading;
    }

    private static int bucket(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        return power * SUB + (int) (nanos >> (power - 4) & SUB - 1);
    }

    /**
     * The counts of a period.
     *
     * @param messages echoes or deliveries
     * @param skipped  messages not sent in time, because too many echoes were outstanding
     * @param buckets  latencies; the caller must not change the array
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Reading(long messages, long skipped, long[] buckets) {
        /** Several readings as one. */
        public Reading plus(Reading other) {
            var sum = Arrays.copyOf(buckets, buckets.length);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other.buckets[i];
            }
            return new Reading(messages + other.messages, skipped + other.skipped, sum);
        }

        /** The latency, in microseconds, that this part of the messages did not exceed; NaN when there were none. */
        public double micros(double part) {
            long total = Arrays.stream(buckets).sum();
            long wanted = (long) Math.ceil(total * part);
            long seen = 0;
            for (int i = 0; i < buckets.length; i++) {
                seen += buckets[i];
                if (total > 0 && seen >= wanted) {
                    int power = i / SUB;
                    return Math.scalb(1.0 + (i % SUB + 0.5) / SUB, power) / 1_000;
                }
            }
            return Double.NaN;
        }
    }
}
