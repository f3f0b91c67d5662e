package dev.parley.doctor;

import dev.parley.doctor.report.Report;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/** Looks at a server again and again. It remembers the last look and nothing else. Used by one thread, whose interrupt ends it. */
final class Watch {
    private final Look look;
    private final Pause pause;
    private final BiConsumer<Report, Report> told;

    /** One examination. */
    interface Look {
        Report examine() throws InterruptedException;
    }

    /** What lies between two. */
    interface Pause {
        void pass() throws InterruptedException;
    }

    /** @param told is given each look with the one before it */
    Watch(Look look, Pause pause, BiConsumer<Report, Report> told) {
        this.look = look;
        this.pause = pause;
        this.told = told;
    }

    /**
     * Goes on until there were so many looks, the first one, which was had already, among them.
     *
     * @param times empty: until it is interrupted
     * @return the last
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
