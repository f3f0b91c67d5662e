package dev.parley.doctor.session;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Outcome;
import java.time.Duration;
import java.util.Optional;

/**
 * The steps of an upgrade that were reached, each with its time since the upgrade began.
 *
 * @param outcome of the upgrade request
 * @param opened  until the response to the upgrade request
 * @param probed  until the first frame, which should answer the probe; empty if there was none
 * @param accepted whether the response to the upgrade request opened a WebSocket
 */
public record UpgradeSteps(Outcome outcome, Duration opened, Optional<Duration> probed, boolean accepted) {
    static final UpgradeSteps NONE = new UpgradeSteps(
            new Outcome.Failed(new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, ""), Duration.ZERO),
            Duration.ZERO, Optional.empty(), false);

    static UpgradeSteps of(WebSocketAttempt attempt, Duration opened) {
        return new UpgradeSteps(attempt.outcome(), opened, Optional.empty(), attempt.connection() != null);
    }

    UpgradeSteps probedAfter(Duration time) {
        return new UpgradeSteps(outcome, opened, Optional.of(time), accepted);
    }
}
