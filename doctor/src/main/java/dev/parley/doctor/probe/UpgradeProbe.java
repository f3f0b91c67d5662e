package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Stage;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.PollingSession;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.SessionEndedException;
import dev.parley.doctor.session.WebSocketAttempt;
import dev.parley.doctor.session.WebSocketSession;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Upgrades a polling session to WebSocket as clients do, and measures each step: open, probe, upgrade, traffic. */
public final class UpgradeProbe implements Probe {
    private static final EnginePacket PROBE = new EnginePacket.Ping(EnginePacket.PROBE);
    private static final EnginePacket PROBE_ANSWER = new EnginePacket.Pong(EnginePacket.PROBE);

    @Override
    public String title() {
        return "Upgrade from polling to WebSocket";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        PollingSession polling;
        try {
            polling = PollingSession.open(client);
        } catch (SessionEndedException e) {
            return List.of(new Evidence.Skipped("upgrade",
                    "the polling session could not be opened: " + e.description()));
        }
        try {
            return List.of(upgrade(client, polling));
        } finally {
            polling.close();
        }
    }

    private static Evidence upgrade(ProbeClient client, PollingSession polling) throws InterruptedException {
        long begun = System.nanoTime();
        var attempt = WebSocketAttempt.open(client, Optional.of(polling.handshake().sid()), polling.jar());
        var opened = ProbeClient.elapsedSince(begun);
        var connection = attempt.connection();
        if (connection == null) {
            return seen(Stage.REFUSED, attempt.outcome(), opened, opened, opened);
        }
        var probed = opened;
        try (var socket = new WebSocketSession(client.codec(), connection)) {
            socket.send(List.of(PROBE));
            if (!PROBE_ANSWER.equals(socket.next(client.responseTimeout()))) {
                return seen(Stage.NO_PROBE_ANSWER, attempt.outcome(), opened, ProbeClient.elapsedSince(begun),
                        ProbeClient.elapsedSince(begun));
            }
            probed = ProbeClient.elapsedSince(begun);
            socket.send(List.of(new EnginePacket.Upgrade()));
            polling.drop();
            boolean answered = EchoMessages.roundTrip(socket, client);
            return seen(answered ? Stage.DONE : Stage.NO_TRAFFIC_AFTER, attempt.outcome(), opened, probed,
                    ProbeClient.elapsedSince(begun));
        } catch (SessionEndedException e) {
            var stage = probed.equals(opened) ? Stage.NO_PROBE_ANSWER : Stage.NO_TRAFFIC_AFTER;
            return seen(stage, attempt.outcome(), opened, probed, ProbeClient.elapsedSince(begun));
        }
    }

    private static Evidence seen(Stage stage, Outcome outcome, Duration opened, Duration probed,
            Duration done) {
        return new Evidence.Upgrade(stage, outcome, opened, probed, done);
    }
}
