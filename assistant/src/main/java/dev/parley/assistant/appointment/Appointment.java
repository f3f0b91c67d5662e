package dev.parley.assistant.appointment;

import java.time.LocalDateTime;

/** A booked slot: its beginning, the person, and the reason, which is "" if the person gave none. */
record Appointment(LocalDateTime at, String name, String reason) {

    /** Returns whether the appointment is this person's, however the name is written. */
    boolean isFor(String other) {
        return plain(name).equals(plain(other));
    }

    private static String plain(String name) {
        return name.strip().replaceAll("[^\\p{L}\\p{N}]+", " ").strip().toLowerCase(java.util.Locale.ROOT);
    }
}
