package dev.parley.doctor;

import dev.parley.doctor.report.Report;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** Examines a server repeatedly and keeps only the last report. Used by one thread, whose interrupt ends it. */
final class RepeatedExamination {
    private final Look look;
    private final Pause pause;
    private final BiConsumer<Report, Report> told;

    /** One examination. */
    interface Look {
        Report examine() throws InterruptedException;
    }

    /** Waits between two examinations. */
    interface Pause {
        void pass() throws InterruptedException;
    }

    /**
     * Creates a loop.
     *
     * @param told receives the previous and the current report
     */
    RepeatedExamination(Look look, Pause pause, BiConsumer<Report, Report> told) {
        this.look = look;
        this.pause = pause;
        this.told = told;
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
        for (long looks = 1; times.isEmpty() || looks < times.getAsInt(); looks++) {
            pause.pass();
            var now = look.examine();
            told.accept(last, now);
            last = now;
        }
        return last;
    }
}
