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
 */
public record UpgradeSteps(Outcome outcome, Duration opened, Optional<Duration> probed) {
    static final UpgradeSteps NONE = new UpgradeSteps(
            new Outcome.Failed(new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, ""), Duration.ZERO),
            Duration.ZERO, Optional.empty());
}
