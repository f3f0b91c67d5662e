package dev.parley.assistant.appointment;

import java.io.IOException;

/**
 * A text that the servers of a cluster share, for {@link AppointmentTools#shared}. Thread-safe. Its methods wait for the store, for at most a few
 * seconds.
 */
public interface CalendarText {

    /**
     * A stored text with its version.
     *
     * @param text     empty if nothing was
     * @param version  of the text; empty if there is none
     * @param deadline by the store's clock, after which it does not take a text in place of this one
     */
    record Stored(String text, String version, long deadline) {}

    /** The store has replaced the text, or has not. */
    enum Replaced {
        /** It has, now or when it was asked before. */
        DONE,
        /** Somebody else has replaced it before. */
        CHANGED,
        /** The time for that is over. */
        LATE
    }

    /** Returns the present text. */
    Stored read() throws IOException;

    /**
     * Replaces a text by another, if it is the present one and its deadline is not over. Can be asked again with the same version, also if another
     * text has followed meanwhile: it then returns what happened.
     *
     * @param version of the new text, which no other has had
     * @throws IOException if the store does not respond: it may have replaced the text
     */
    Replaced replace(Stored former, String text, String version) throws IOException;
}
