package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Stage;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.MachineSession;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.SessionEndedException;
import dev.parley.protocol.session.ClientFailure;
import java.util.List;

/**
 * Upgrades a polling session to WebSocket in the order of the published clients, and measures each step: open, probe, the end of the pending
 * poll, traffic.
 */
public final class UpgradeProbe implements Probe {

    @Override
    public String title() {
        return "Upgrade from polling to WebSocket";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        MachineSession session;
        try {
            session = MachineSession.openUpgrading(client);
        } catch (SessionEndedException e) {
            return List.of(new Evidence.Skipped("upgrade",
                    "the polling session could not be opened: " + e.description()));
        }
        try (session) {
            return session.handshake().offersWebSocket() ? List.of(upgrade(client, session)) : List.of();
        }
    }

    private static Evidence upgrade(ProbeClient client, MachineSession session) throws InterruptedException {
        long begun = System.nanoTime();
        var failure = session.awaitUpgrade();
        if (failure.isPresent()) {
            return seen(failed(session, failure.get()), session, begun, session.isSilence(failure.get()));
        }
        try {
            boolean passes = EchoMessages.roundTrip(session, client);
            return seen(passes ? Stage.DONE : Stage.NO_TRAFFIC_AFTER, session, begun, !passes);
        } catch (SessionEndedException e) {
            return seen(Stage.NO_TRAFFIC_AFTER, session, begun, e.outcome().isSilence());
        }
    }

    private static Stage failed(MachineSession session, ClientFailure why) {
        var steps = session.upgradeSteps();
        if (!steps.accepted()) {
            return Stage.REFUSED;
        }
        return steps.probed().isPresent() && why != ClientFailure.Cause.PROBE_WRONG ? Stage.POLL_NOT_ENDED
                : Stage.NO_PROBE_ANSWER;
    }

    private static Evidence seen(Stage stage, MachineSession session, long begun, boolean silent) {
        var done = ProbeClient.elapsedSince(begun);
        var steps = session.upgradeSteps();
        var outcome = steps.outcome()
                .failure()
                .<Outcome>map(why -> new Outcome.Failed(why, done))
                .orElse(steps.outcome());
        var opened = outcome instanceof Outcome.Failed ? done : steps.opened();
        return new Evidence.Upgrade(stage, outcome, opened, steps.probed().orElse(opened), done, silent,
                session.pollEnded());
    }
}
