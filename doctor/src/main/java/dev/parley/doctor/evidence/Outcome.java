package dev.parley.doctor.evidence;

import java.time.Duration;
import java.util.Optional;

/** The outcome of one request. */
public sealed interface Outcome {

    /** The server responded. */
    record Responded(Response received) implements Outcome {}

    /** The request failed after this time. */
    record Failed(ConnectionFailure why, Duration after) implements Outcome {}

    default Optional<Response> response() {
        return this instanceof Responded answered ? Optional.of(answered.received()) : Optional.empty();
    }

    default Optional<ConnectionFailure> failure() {
        return this instanceof Failed failed ? Optional.of(failed.why()) : Optional.empty();
    }

    /** Returns whether nothing came in time. */
    default boolean isSilence() {
        return failure().filter(ConnectionFailure::isSilence).isPresent();
    }

    default boolean hasStatus(int status) {
        return this instanceof Responded answered && answered.received().status() == status;
    }
}
