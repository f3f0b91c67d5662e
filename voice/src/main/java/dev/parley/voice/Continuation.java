package dev.parley.voice;

import java.util.List;

/**
 * The earlier part of a conversation that another server held, for the stream that goes on with it. Immutable.
 *
 * @param lines      the texts that were said, oldest first, without {@code unanswered}
 * @param unanswered the user's last texts, if they have no answer yet: the stream answers them
 * @param cutOff     whether the last answer was not given to its end: the stream goes on with it, if it can
 * @param snapshot   the last {@link ModelEvent.Snapshot} of the earlier stream; "" if there was none
 */
public record Continuation(List<Line> lines, List<String> unanswered, boolean cutOff, String snapshot) {

    private static final Continuation NONE = new Continuation(List.of(), List.of(), false, "");

    /**
     * A text of one side.
     *
     * @param user whether the user said it; otherwise the assistant did
     */
    public record Line(boolean user, String text) {}

    public Continuation {
        lines = List.copyOf(lines);
        unanswered = List.copyOf(unanswered);
    }

    /** Returns the continuation of a conversation that begins. */
    public static Continuation none() {
        return NONE;
    }

    /** Returns whether the conversation begins with this stream, as far as is known. */
    public boolean isNone() {
        return equals(NONE);
    }
}
