package dev.parley.doctor;

import dev.parley.doctor.rule.Numbers;
import java.io.PrintWriter;
import java.time.Duration;

/** Says on standard error what is going on: one line that changes on a terminal, a line for each probe elsewhere. Used by one thread. */
final class ProgressLine implements Examination.Watcher, AutoCloseable {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final Style style;

    /** How much is shown. */
    enum Style {
        NONE,
        LINES,
        LIVE
    }

    ProgressLine(PrintWriter err, Style style) {
        this.err = err;
        this.style = style;
    }

    @Override
    public void begins(String title) {
        show(title + " …", false);
    }

    @Override
    public void waits(String title, Duration atMost) {
        show(title + " is left alone until the server pings, in about " + Numbers.time(atMost)
                + "; the rest goes on meanwhile.", true);
    }

    private void show(String text, boolean stays) {
        switch (style) {
            case NONE -> {}
            case LINES -> err.println(text);
            case LIVE -> err.print(ERASE_LINE + text + (stays ? "\n" : ""));
        }
        err.flush();
    }

    /** Leaves a clean line behind. */
    @Override
    public void close() {
        if (style == Style.LIVE) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }
}
