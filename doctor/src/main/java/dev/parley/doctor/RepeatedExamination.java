package dev.parley.doctor;

import dev.parley.doctor.report.Report;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** Examines a server repeatedly and keeps only the last report. Used by one thread, whose interrupt ends it. */
final class RepeatedExamination {
    private final Examiner examiner;
    private final Pause pause;
    private final BiConsumer<Report, Report> listener;

    /** One examination. */
    interface Examiner {
        Report examine() throws InterruptedException;
    }

    /** Waits between two examinations. */
    interface Pause {
        void pass() throws InterruptedException;
    }

    /**
     * Creates a loop.
     *
     * @param listener receives the previous and the current report
     */
    RepeatedExamination(Examiner examiner, Pause pause, BiConsumer<Report, Report> listener) {
        this.examiner = examiner;
        this.pause = pause;
        this.listener = listener;
    }

    /**
     * Repeats the examination after a pause.
     *
     * @param first the report of the first examination, which counts
     * @param times number of examinations; empty for no limit
     * @return the last report
     */
    Report from(Report first, OptionalInt times) throws InterruptedException {
        var last = first;
        for (long count = 1; times.isEmpty() || count < times.getAsInt(); count++) {
            pause.pass();
            var now = examiner.examine();
            listener.accept(last, now);
            last = now;
        }
        return last;
    }
}
