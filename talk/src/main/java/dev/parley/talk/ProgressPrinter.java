package dev.parley.talk;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints progress on standard error: one changing line on a terminal, otherwise one line per step. Thread-safe. */
final class ProgressPrinter implements AutoCloseable {
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final int BAR = 24;
    private static final int WIDTH = 78;

    /** The style of the output. */
    enum Style {
        NONE,
        LINES,
        LIVE
    }

    private final PrintWriter err;
    private final Style style;
    private String stage = "";
    private int shown = -1;

    ProgressPrinter(PrintWriter err, Style style) {
        this.err = err;
        this.style = style;
    }

    synchronized void stage(String what) {
        if (style == Style.NONE || what.equals(stage)) {
            return;
        }
        stage = what;
        shown = -1;
        if (style == Style.LINES) {
            err.println(what);
            err.flush();
        } else {
            live(what);
        }
    }

    /** Shows the progress within the stage. */
    synchronized void fraction(int done, int of) {
        int filled = BAR * done / Math.max(1, of);
        if (style == Style.LIVE && filled != shown) {
            shown = filled;
            live(String.format(Locale.ROOT, "[%s%s] %s", "#".repeat(filled), " ".repeat(BAR - filled),
                    stage));
        }
    }

    /** Erases the line. */
    @Override
    public synchronized void close() {
        if (style == Style.LIVE) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }

    private void live(String line) {
        err.print(ERASE_LINE + (line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line));
        err.flush();
    }
}
