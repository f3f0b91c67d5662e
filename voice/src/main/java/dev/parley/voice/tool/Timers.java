package dev.parley.voice.tool;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The running timers of one conversation. The tools set, list and cancel them; the {@link Alarm} given by the application wakes this
 * class when one is due, and it then calls {@code due} once for that timer, on the alarm's thread and with no lock held.
 *
 * <p>
 * Thread-safe. At most {@value #MAX_TIMERS} timers of at most 24 hours. {@link #close} ends them all; nothing is called back after it
 * except a call already under way.
 */
public final class Timers implements AutoCloseable {
    /** The most timers that may run at once. */
    public static final int MAX_TIMERS = 20;

    /** The longest timer. */
    public static final Duration MAX_LENGTH = Duration.ofHours(24);

    /** The most characters kept of a label. */
    public static final int MAX_LABEL = 60;

    /** The application's scheduler, as far as timers need it. Must not run the task inside the call. */
    public interface Alarm {

        /** Runs {@code task} once after {@code delay}. Running the answer unschedules it, and does nothing once it is too late. */
        Runnable in(Duration delay, Runnable task);
    }

    /** A running timer. The label is empty when the user gave none. */
    public record Timer(int id, Duration length, String label, Instant ends) {

        /** What a conversation is told when this timer is due; fit to be spoken. */
        public String notice() {
            return label.isEmpty() ? "Your timer for " + Spans.text(length) + " has ended."
                    : "Your timer for " + Spans.text(length) + " has ended: " + label + ".";
        }
    }

    private record Entry(Timer timer, Runnable unschedule) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, Entry> running = new LinkedHashMap<>();
    private final InstantSource clock;
    private final Alarm alarm;
    private final Consumer<Timer> due;
    private int lastId;
    private boolean closed;

    public Timers(InstantSource clock, Alarm alarm, Consumer<Timer> due) {
        this.clock = clock;
        this.alarm = alarm;
        this.due = due;
    }

    /** Starts a timer; empty when there is no room for one more, when the length is out of bounds, or after {@link #close}. */
    public Optional<Timer> set(Duration length, String label) {
        if (!length.isPositive() || length.compareTo(MAX_LENGTH) > 0) {
            return Optional.empty();
        }
        lock.lock();
        try {
            if (closed || running.size() >= MAX_TIMERS) {
                return Optional.empty();
            }
            int id = ++lastId;
            var timer = new Timer(id, length, Texts.brief(label, MAX_LABEL), clock.instant().plus(length));
            running.put(id, new Entry(timer, alarm.in(length, () -> end(id))));
            return Optional.of(timer);
        } finally {
            lock.unlock();
        }
    }

    /** The running timers, in the order they were set. */
    public List<Timer> running() {
        lock.lock();
        try {
            return running.values().stream().map(Entry::timer).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Stops the timers that {@code which} picks, without a call back, and tells which those were. */
    public List<Timer> cancel(Predicate<Timer> which) {
        lock.lock();
        try {
            var picked = new ArrayList<Timer>();
            running.values().removeIf(entry -> {
                if (!which.test(entry.timer())) {
                    return false;
                }
                entry.unschedule().run();
                picked.add(entry.timer());
                return true;
            });
            return List.copyOf(picked);
        } finally {
            lock.unlock();
        }
    }

    /** Stops every timer; no timer can be set any more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            cancel(timer -> true);
        } finally {
            lock.unlock();
        }
    }

    private void end(int id) {
        take(id).ifPresent(due);
    }

    private Optional<Timer> take(int id) {
        lock.lock();
        try {
            return Optional.ofNullable(running.remove(id)).map(Entry::timer);
        } finally {
            lock.unlock();
        }
    }
}
