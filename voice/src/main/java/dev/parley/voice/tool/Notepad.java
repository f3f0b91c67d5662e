package dev.parley.voice.tool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the user asked to remember, in memory only. The tools write and read it.
 *
 * <p>
 * Thread-safe. At most {@value #MAX_NOTES} notes of at most {@value #MAX_LENGTH} characters.
 */
public final class Notepad {
    /** The most notes kept. */
    public static final int MAX_NOTES = 50;

    /** The most characters of a note; the rest is cut off. */
    public static final int MAX_LENGTH = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> notes = new ArrayList<>();

    /** Keeps a note; false when the pad is full or there is nothing to keep. A note that is there already is not kept twice. */
    public boolean add(String text) {
        var note = Texts.brief(text, MAX_LENGTH);
        lock.lock();
        try {
            if (note.isEmpty()) {
                return false;
            }
            if (!notes.contains(note)) {
                if (notes.size() >= MAX_NOTES) {
                    return false;
                }
                notes.add(note);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** All notes, oldest first. */
    public List<String> all() {
        lock.lock();
        try {
            return List.copyOf(notes);
        } finally {
            lock.unlock();
        }
    }

    /** The notes that share the most words with {@code about}, newest first; none when no word is shared. */
    public List<String> about(String about) {
        var wanted = Texts.keywords(about);
        var newestFirst = new ArrayList<>(all().reversed());
        newestFirst.sort(Comparator.comparingLong((String note) -> -shared(note, wanted)));
        long best = newestFirst.isEmpty() ? 0 : shared(newestFirst.getFirst(), wanted);
        return best == 0 ? List.of()
                : newestFirst.stream().filter(note -> shared(note, wanted) == best).toList();
    }

    /** Drops these notes. */
    public void remove(List<String> gone) {
        lock.lock();
        try {
            notes.removeAll(gone);
        } finally {
            lock.unlock();
        }
    }

    private static long shared(String note, java.util.Set<String> wanted) {
        return Texts.keywords(note).stream().filter(wanted::contains).count();
    }
}
