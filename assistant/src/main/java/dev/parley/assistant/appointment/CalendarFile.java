package dev.parley.assistant.appointment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The appointments as a JSON file. One reader or writer uses it at a time: threads share a lock, processes a lock file beside it. A write
 * replaces the whole file at once, so that a crash leaves the old one. Thread-safe. Only its owner may read the file.
 */
final class CalendarFile implements CalendarStore {

    /** The end of the name of a file that was imported; further ones have a number too. */
    static final String IMPORTED = ".imported";

    private final CalendarJson json = new CalendarJson();
    private final ReentrantLock lock = new ReentrantLock();
    private final Path file;

    CalendarFile(Path file) {
        this.file = file;
    }

    /**
     * Performs the operation exclusively.
     *
     * @throws IOException if the file cannot be read or written; then nothing has changed
     */
    @Override
    public <T> T with(Work<T> work) throws IOException {
        return exclusively(() -> {
            var before = read();
            var after = new ArrayList<>(before);
            T result = work.on(after);
            if (!after.equals(before)) {
                write(after);
            }
            return result;
        });
    }

    /** Receives the appointments of a file that is not used any more. */
    interface Receiver<T> {
        T take(List<Appointment> appointments) throws IOException;
    }

    /**
     * Hands all appointments over and renames the file, so that it counts as missing. If the receiver throws, the file stays.
     *
     * @return what the receiver returned; empty if there is no file
     */
    <T> Optional<T> handOver(Receiver<T> receiver) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return exclusively(() -> {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            T result = receiver.take(read());
            var moved = beside(IMPORTED);
            for (int number = 2; Files.exists(moved); number++) {
                moved = beside(IMPORTED + "." + number);
            }
            Files.move(file, moved, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(result);
        });
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    private <T> T exclusively(Operation<T> operation) throws IOException {
        lock.lock();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (var others = FileChannel.open(beside(".lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); var held = others.lock()) {
                if (!held.isValid()) {
                    throw new IOException("the calendar's lock is lost");
                }
                return operation.run();
            }
        } finally {
            lock.unlock();
        }
    }

    private List<Appointment> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) > CalendarJson.LARGEST) {
            throw new IOException("the calendar is too large");
        }
        return json.read(Files.readString(file));
    }

    private void write(List<Appointment> appointments) throws IOException {
        var fresh = beside(".new");
        Files.writeString(fresh, json.write(appointments));
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
