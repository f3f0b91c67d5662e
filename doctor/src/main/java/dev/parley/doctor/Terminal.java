package dev.parley.doctor;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells whether standard input and output are a terminal, for commands that show colours and progress. */
public final class Terminal {

    private static final Duration LONGEST_QUESTION = Duration.ofMillis(300);

    private Terminal() {}

    /** Returns true if a person reads the output. From Java 22 to 24 a console exists even without a terminal, hence the second check. */
    @SuppressWarnings("SystemConsoleNull") // it is null on Java 21
    public static boolean isAttached() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException java21) {
            return true;
        }
    }

    /** Returns the width of the terminal in characters: {@code COLUMNS}, or what the terminal says; {@code usual} if neither is known. */
    static int width(@Nullable String columns, boolean attached, int usual) {
        if (columns != null && columns.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(columns);
        }
        return attached ? asked().orElse(usual) : usual;
    }

    private static OptionalInt asked() {
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/tty")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean done = process.waitFor(LONGEST_QUESTION.toMillis(), TimeUnit.MILLISECONDS);
            if (!done) {
                process.destroyForcibly();
                return OptionalInt.empty();
            }
            String size = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip();
            return size.matches("\\d+ [1-9]\\d{0,3}")
                    ? OptionalInt.of(Integer.parseInt(size.replaceFirst("\\d+ ", "")))
                    : OptionalInt.empty();
        } catch (IOException _noTerminal) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }
}
