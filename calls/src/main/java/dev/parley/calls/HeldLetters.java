package dev.parley.calls;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Holds back the letters of a call while it waits for what the store of calls says, and hands them on in order afterwards. The wait has a
 * timeout, and the letters a limit. Belongs to the call's owner.
 */
final class HeldLetters {

    private final Queue<Letter> letters = new ArrayDeque<>();
    private boolean holding;

    /** Holds from now on. */
    void hold() {
        holding = true;
    }

    /** Holds a letter, unless it must be handled now: it ends the wait, or the call. */
    boolean takes(Letter letter) {
        if (!holding || letter instanceof Letter.Fetched || letter instanceof Letter.Confirmed
                || letter instanceof Letter.Shutdown) {
            return false;
        }
        letters.add(letter);
        return true;
    }

    /** Returns the number of held letters. */
    int size() {
        return letters.size();
    }

    /** Holds no longer, and returns what was held. */
    List<Letter> release() {
        holding = false;
        List<Letter> held = List.copyOf(letters);
        letters.clear();
        return held;
    }
}
