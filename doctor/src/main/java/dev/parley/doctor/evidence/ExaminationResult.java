package dev.parley.doctor.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The result of one examination.
 *
 * @param asked       the given URL, without its query
 * @param connections number of connections opened
 * @param requests    number of requests sent
 */
public record ExaminationResult(String asked, Instant startedAt, Duration took, boolean quick,
        EvidenceLog log, List<Step> steps, int connections, int requests) {
    public ExaminationResult {
        steps = List.copyOf(steps);
    }

    /** A probe with its start and end, counted from the start of the examination. */
    public record Step(String title, Duration from, Duration to) {}
}
