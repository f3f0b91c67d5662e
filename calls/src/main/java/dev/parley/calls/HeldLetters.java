package dev.parley.calls;

import dev.parley.voice.contract.BrowserCommand;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Holds back the letters of a call while it waits for what the store of calls says, and hands them on in order afterwards. The wait has a
 * timeout. Of the browser's letters, at most {@value #COMMANDS} commands and {@value #AUDIO} pieces of audio are held. Belongs to the call's
 * owner.
 */
final class HeldLetters {

    static final int COMMANDS = 64;
    static final int AUDIO = 512;

    private final Queue<Letter> letters = new ArrayDeque<>();
    private boolean holding;
    private int commands;
    private int audio;

    /** Holds from now on. */
    void hold() {
        holding = true;
    }

    /** Returns whether a letter is to be held. Those that end the wait or the call are not. */
    boolean holds(Letter letter) {
        return holding && !(letter instanceof Letter.Fetched || letter instanceof Letter.Confirmed
                || letter instanceof Letter.Shutdown);
    }

    /** Holds a letter. Returns false if there is no room for it. */
    boolean add(Letter letter) {
        if (letter instanceof Letter.Asked asked) {
            boolean room = asked.command() instanceof BrowserCommand.Audio ? audio++ < AUDIO
                    : commands++ < COMMANDS;
            if (!room) {
                return false;
            }
        }
        letters.add(letter);
        return true;
    }

    /** Holds no longer, and returns what was held. */
    List<Letter> release() {
        holding = false;
        commands = 0;
        audio = 0;
        List<Letter> held = List.copyOf(letters);
        letters.clear();
        return held;
    }
}
