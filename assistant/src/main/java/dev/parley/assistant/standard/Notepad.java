package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import dev.parley.assistant.tool.ToolContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The notes that the user asked to keep, in memory only and for one conversation. The tools write and read them.
 *
 * <p>
 * Thread-safe. At most {@value #MAX_NOTES} notes of at most {@value #MAX_LENGTH} characters.
 */
public final class Notepad {
    /** Maximum number of notes. */
    public static final int MAX_NOTES = 50;

    /** Maximum length of a note, in characters. The rest is cut off. */
    public static final int MAX_LENGTH = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> notes = new ArrayList<>();

    /** Returns the notepad of a conversation. */
    public static Notepad of(ToolContext context) {
        return context.value(Notepad.class, Notepad::new);
    }

    /** Adds a note, unless it is there already. Returns false if the notepad is full or the text is empty. */
    public boolean add(String text) {
        var note = ArgumentText.brief(text, MAX_LENGTH);
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

    /** Returns all notes, oldest first. */
    public List<String> all() {
        lock.lock();
        try {
            return List.copyOf(notes);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the notes that share the most words with {@code about}, newest first; none if no word is shared. */
    public List<String> about(String about) {
        var wanted = ArgumentText.keywords(about);
        var newestFirst = new ArrayList<>(all().reversed());
        newestFirst.sort(Comparator.comparingLong((String note) -> -shared(note, wanted)));
        long best = newestFirst.isEmpty() ? 0 : shared(newestFirst.getFirst(), wanted);
        return best == 0 ? List.of()
                : newestFirst.stream().filter(note -> shared(note, wanted) == best).toList();
    }

    /** Removes these notes. */
    public void remove(List<String> gone) {
        lock.lock();
        try {
            notes.removeAll(gone);
        } finally {
            lock.unlock();
        }
    }

    private static long shared(String note, Set<String> wanted) {
        return ArgumentText.keywords(note).stream().filter(wanted::contains).count();
    }
}
