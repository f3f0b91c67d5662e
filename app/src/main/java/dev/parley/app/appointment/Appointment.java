package dev.parley.app.appointment;

import java.time.LocalDateTime;

/** One booked slot: when it begins, for whom, and why they come ("" when they did not say). */
record Appointment(LocalDateTime at, String name, String reason) {

    /** Whether it is this person's, however the name is written. */
    boolean isFor(String other) {
        return plain(name).equals(plain(other));
    }

    private static String plain(String name) {
        return name.strip().replaceAll("[^\\p{L}\\p{N}]+", " ").strip().toLowerCase(java.util.Locale.ROOT);
    }
}
