package dev.parley.calls.admission;

import java.nio.file.Path;

/** The file with the spending of the day does not say what was spent, so that the limit of the day cannot be kept. */
public final class UnknownSpendingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownSpendingException(Path file) {
        super("The spending of the day cannot be read from " + file
                + ". Repair the file, or remove it to begin the day without any.");
    }
}
