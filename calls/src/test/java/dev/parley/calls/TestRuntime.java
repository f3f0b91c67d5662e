package dev.parley.calls;

import dev.parley.voice.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Time and threads that a test moves, on the test's own thread. The work of calls runs at once, where it is asked for. Tools wait until the
 * test runs them. The clock stands still until the test advances it, which runs the tasks that are due. Several servers can share it.
 */
final class TestRuntime {

    /** The threads of tools that are started and have not run, in their order. */
    final Queue<ToolThread> tools = new ArrayDeque<>();
    private final List<Scheduled> scheduled = new ArrayList<>();
    private Duration behind = Duration.ZERO;
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    private record Scheduled(Instant at, Runnable task, Alarm of) {}

    /** A thread that never starts: the test runs its work, and sees whether it was interrupted. */
    final class ToolThread extends Thread {
        private final Runnable work;
        private boolean interrupted;

        private ToolThread(Runnable work) {
            this.work = work;
        }

        @Override
        public void start() {
            tools.add(this);
        }

        @Override
        public void interrupt() {
            interrupted = true;
        }

        boolean wasInterrupted() {
            return interrupted;
        }

        void work() {
            work.run();
        }
    }

    CallRuntime runtime() {
        return new CallRuntime(() -> now.minus(behind), new TestAlarm(), Runnable::run, ToolThread::new);
    }

    /** Runs the tools that wait. */
    void runTools() {
        for (ToolThread tool = tools.poll(); tool != null; tool = tools.poll()) {
            tool.work();
        }
    }

    Instant now() {
        return now;
    }

    int pendingAlarms() {
        return scheduled.size();
    }

    /** Moves the clock, and runs each task at the time at which it is due. */
    void advance(Duration by) {
        Instant until = now.plus(by);
        for (Optional<Scheduled> next = due(until); next.isPresent(); next = due(until)) {
            Scheduled first = next.get();
            scheduled.remove(first);
            now = first.at().isAfter(now) ? first.at() : now;
            first.task().run();
        }
        now = until;
    }

    /** Sets the wall clock back. What is scheduled stays due after the same time. */
    void setBack(Duration by) {
        behind = by;
    }

    private Optional<Scheduled> due(Instant until) {
        return scheduled.stream()
                .filter(one -> !one.at().isAfter(until))
                .min(Comparator.comparing(Scheduled::at));
    }

    private final class TestAlarm implements Alarm {

        @Override
        public Runnable in(Duration delay, Runnable task) {
            var one = new Scheduled(now.plus(delay), task, this);
            scheduled.add(one);
            return () -> scheduled.remove(one);
        }

        @Override
        public void close() {
            scheduled.removeIf(one -> one.of() == this);
        }
    }
}
