package dev.parley.cluster.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** A clock that tests move, and what happens at its times, in order. Not thread-safe. */
public final class VirtualTime implements Timeouts, InstantSource {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long now;
    private long number;

    @Override
    public Runnable after(Duration delay, Runnable action) {
        return at(now + delay.toMillis(), action);
    }

    /** Runs an action at a time, in milliseconds. */
    public Runnable at(long time, Runnable action) {
        var task = new Task(Math.max(now, time), number++, action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Milliseconds since the beginning. */
    public long now() {
        return now;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    /** Runs what happens in this time, and calls {@code after} after each of it. */
    public void advance(Duration time, Runnable after) {
        long end = now + time.toMillis();
        while (!tasks.isEmpty() && tasks.peek().time <= end) {
            var task = tasks.remove();
            now = task.time;
            task.action.run();
            after.run();
        }
        now = end;
    }

    private record Task(long time, long number, Runnable action) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(number, other.number);
        }
    }
}
