package dev.parley.doctor.evidence;

import java.time.Duration;
import java.util.Optional;

/** What became of one request. */
public sealed interface Outcome {

    /** An answer came. */
    record Answered(Answer got) implements Outcome {}

    /** None came; it was known after this time. */
    record Failed(Failure why, Duration after) implements Outcome {}

    default Optional<Answer> answer() {
        return this instanceof Answered answered ? Optional.of(answered.got()) : Optional.empty();
    }

    default Optional<Failure> failure() {
        return this instanceof Failed failed ? Optional.of(failed.why()) : Optional.empty();
    }

    default boolean hasStatus(int status) {
        return this instanceof Answered answered && answered.got().status() == status;
    }
}
