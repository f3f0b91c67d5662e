package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Stage;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.MachineSession;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.SessionEndedException;
import dev.parley.doctor.wire.WebSocketConnection;
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
        var stage = failure.isPresent() ? failed(session, failure.get())
                : passes(client, session) ? Stage.DONE : Stage.NO_TRAFFIC_AFTER;
        var steps = session.upgradeSteps();
        return new Evidence.Upgrade(stage, steps.outcome(), steps.opened(),
                steps.probed().orElse(steps.opened()), ProbeClient.elapsedSince(begun));
    }

    private static Stage failed(MachineSession session, ClientFailure why) {
        var steps = session.upgradeSteps();
        if (steps.outcome().response().filter(WebSocketConnection::accepted).isEmpty()) {
            return Stage.REFUSED;
        }
        return why == ClientFailure.Cause.POLLING_NOT_ENDED ? Stage.POLL_NOT_ENDED : Stage.NO_PROBE_ANSWER;
    }

    private static boolean passes(ProbeClient client, MachineSession session) throws InterruptedException {
        try {
            return EchoMessages.roundTrip(session, client);
        } catch (SessionEndedException e) {
            return false;
        }
    }
}
