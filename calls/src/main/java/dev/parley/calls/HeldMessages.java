package dev.parley.calls;

import dev.parley.voice.contract.BrowserCommand;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Holds back the messages of a call while it waits for what the store of calls says, and hands them on in order afterwards. The wait has a
 * timeout. Of the browser's messages, at most {@value #COMMANDS} commands and {@value #AUDIO} pieces of audio are held. Belongs to the call's
 * owner.
 */
final class HeldMessages {

    static final int COMMANDS = 64;
    static final int AUDIO = 512;

    private final Queue<CallMessage> messages = new ArrayDeque<>();
    private boolean holding;
    private int commands;
    private int audio;

    /** Holds from now on. */
    void hold() {
        holding = true;
    }

    /** Returns whether a message is to be held. Those that end the wait or the call are not. */
    boolean holds(CallMessage message) {
        return holding && !(message instanceof CallMessage.Fetched || message instanceof CallMessage.Confirmed
                || message instanceof CallMessage.Shutdown);
    }

    /** Holds a message. Returns false if there is no room for it. */
    boolean add(CallMessage message) {
        if (message instanceof CallMessage.Asked asked) {
            boolean room = asked.command() instanceof BrowserCommand.Audio ? audio++ < AUDIO
                    : commands++ < COMMANDS;
            if (!room) {
                return false;
            }
        }
        messages.add(message);
        return true;
    }

    /** Holds no longer, and returns what was held. */
    List<CallMessage> release() {
        holding = false;
        commands = 0;
        audio = 0;
        List<CallMessage> held = List.copyOf(messages);
        messages.clear();
        return held;
    }
}
