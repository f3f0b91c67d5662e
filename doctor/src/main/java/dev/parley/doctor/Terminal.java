package dev.parley.doctor;

import java.io.Console;

/** Tells whether standard input and output are a terminal, for commands that show colours and progress. */
public final class Terminal {

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
}
