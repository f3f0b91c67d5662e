package dev.parley.doctor;

import dev.parley.doctor.rule.Quantities;
import java.io.PrintWriter;
import java.time.Duration;

/** Prints progress on standard error: one changing line on a terminal, otherwise one line per probe. Used by one thread. */
final class ProgressLine implements Examination.ProgressListener, AutoCloseable {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final Style style;

    /** The style of the output. */
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
    public void started(String title) {
        show(title + " …", false);
    }

    @Override
    public void waiting(String title, Duration atMost) {
        show(title + " stays idle until the server pings, in about " + Quantities.time(atMost)
                + ". Other probes continue.", true);
    }

    private void show(String text, boolean stays) {
        switch (style) {
            case NONE -> {}
            case LINES -> err.println(text);
            case LIVE -> err.print(ERASE_LINE + text + (stays ? "\n" : ""));
        }
        err.flush();
    }

    /** Erases the line. */
    @Override
    public void close() {
        if (style == Style.LIVE) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }
}
