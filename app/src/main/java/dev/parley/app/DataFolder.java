package dev.parley.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks at the start whether the folder for data can be written, so that nobody notices only when something is lost. Stateless. */
final class DataFolder {

    private DataFolder() {}

    /** Creates the folder if need be, and writes a file for a moment. Returns a sentence that says what would be lost, if it cannot. */
    static Optional<String> problem(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".parley", ".test"));
            return Optional.empty();
        } catch (IOException | SecurityException cannot) {
            return Optional.of("the folder " + folder + " cannot be written ("
                    + cannot.getClass().getSimpleName()
                    + "): appointments and the spending of the day would be lost with this process; make it writable, or choose another with --data");
        }
    }
}
