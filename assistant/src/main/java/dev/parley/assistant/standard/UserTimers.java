package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.voice.Alarm;
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
 * The running timers of one conversation. The tools set, list and cancel them. When one is due, the application's {@link Alarm} runs its task,
 * which calls {@code due} once for that timer, on the alarm's thread and with no lock held.
 *
 * <p>
 * Thread-safe. At most {@value #MAX_TIMERS} timers of at most 24 hours. {@link #close} ends them all; {@code due} is not called after it, except
 * by a call already under way.
 */
public final class UserTimers implements AutoCloseable {
    /** Maximum number of running timers. */
    public static final int MAX_TIMERS = 20;

    /** Maximum length of a timer. */
    public static final Duration MAX_LENGTH = Duration.ofHours(24);

    /** Maximum time until an alarm: one day, which has 25 hours when the clocks are set back. */
    static final Duration MAX_ALARM = Duration.ofHours(25);

    /** Maximum length of a label, in characters. The rest is cut off. */
    public static final int MAX_LABEL = 60;

    /** A running timer, or an alarm. The label is empty if the user gave none; {@code at} is the time of an alarm, such as "7:00 am", or empty. */
    public record Timer(int id, Duration length, String label, Instant ends, String at) {

        /** Returns the notice for the user when this timer is due; fit to be spoken. */
        public String notice() {
            if (!at.isEmpty()) {
                return "It is " + at + ": your alarm" + (label.isEmpty() ? "." : ", " + label + ".");
            }
            return label.isEmpty() ? "Your timer for " + DurationText.text(length) + " has ended."
                    : "Your timer for " + DurationText.text(length) + " has ended: " + label + ".";
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

    public UserTimers(InstantSource clock, Alarm alarm, Consumer<Timer> due) {
        this.clock = clock;
        this.alarm = alarm;
        this.due = due;
    }

    /** Returns the timers of a conversation, which its call has set in the context. */
    public static UserTimers of(ToolContext context) {
        return context.value(UserTimers.class, () -> {
            throw new IllegalStateException(
                    "no UserTimers in the ToolContext: set them with ToolContext.with");
        });
    }

    /** Starts a timer. Returns nothing if too many run, if the length is out of bounds, or after {@link #close}. */
    public Optional<Timer> set(Duration length, String label) {
        return set(length, label, "");
    }

    /** Starts an alarm, which rings after {@code length}, at a time of day. */
    Optional<Timer> set(Duration length, String label, String at) {
        if (!length.isPositive() || length.compareTo(at.isEmpty() ? MAX_LENGTH : MAX_ALARM) > 0) {
            return Optional.empty();
        }
        lock.lock();
        try {
            if (closed || running.size() >= MAX_TIMERS) {
                return Optional.empty();
            }
            int id = ++lastId;
            var timer = new Timer(id, length, ArgumentText.brief(label, MAX_LABEL),
                    clock.instant().plus(length), at);
            running.put(id, new Entry(timer, alarm.in(length, () -> end(id))));
            return Optional.of(timer);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts the timers of a conversation that was at another server, with what is left of each. A timer that is overdue is due at once.
     * Further timers get greater ids.
     */
    public void restore(List<Timer> timers, int highestId) {
        lock.lock();
        try {
            lastId = Math.max(lastId, highestId);
            for (Timer timer : timers) {
                var left = Duration.between(clock.instant(), timer.ends());
                if (!closed && running.size() < MAX_TIMERS && left.compareTo(MAX_ALARM) <= 0
                        && !running.containsKey(timer.id())) {
                    lastId = Math.max(lastId, timer.id());
                    running.put(timer.id(), new Entry(timer,
                            alarm.in(left.isNegative() ? Duration.ZERO : left, () -> end(timer.id()))));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the highest id that a timer has had. */
    public int highestId() {
        lock.lock();
        try {
            return lastId;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the running timers, in the order they were set. */
    public List<Timer> running() {
        lock.lock();
        try {
            return running.values().stream().map(Entry::timer).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Stops the timers that {@code which} selects without calling {@code due}, and returns them. */
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

    /** Stops every timer; none can be set afterwards. */
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
