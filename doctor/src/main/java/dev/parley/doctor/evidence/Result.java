package dev.parley.doctor.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An examination that was made.
 *
 * @param asked       the URL that was given, without its query
 * @param connections opened to the target
 * @param requests    made to it
 */
public record Result(String asked, Instant startedAt, Duration took, boolean quick, CaseFile file,
        List<Step> steps, int connections, int requests) {
    public Result {
        steps = List.copyOf(steps);
    }

    /** A probe and its time, counted from the beginning. */
    public record Step(String title, Duration from, Duration to) {}
}
