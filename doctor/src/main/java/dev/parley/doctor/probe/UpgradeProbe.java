package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Stage;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Moves a polling session to a WebSocket as clients do: probe, answer, upgrade, and traffic afterwards; each timed. */
public final class UpgradeProbe implements Probe {

    @Override
    public String title() {
        return "Upgrade from polling to WebSocket";
    }

    @Override
    public List<Evidence> examine(Caller caller) throws InterruptedException {
        PollingSession polling;
        try {
            polling = PollingSession.open(caller);
        } catch (SessionEnded e) {
            return List.of(
                    new Evidence.Skipped("upgrade", "the polling session could not be opened: " + e.words()));
        }
        try {
            return List.of(upgrade(caller, polling));
        } finally {
            polling.close();
        }
    }

    private static Evidence upgrade(Caller caller, PollingSession polling) throws InterruptedException {
        long begun = System.nanoTime();
        var knock = WebSocketSession.Knock.on(caller, Optional.of(polling.handshake().sid()), polling.jar());
        var opened = Caller.since(begun);
        var line = knock.line();
        if (line == null) {
            return seen(Stage.REFUSED, knock.outcome(), opened, opened, opened);
        }
        var probed = opened;
        try (var socket = new WebSocketSession(caller.revision(), line)) {
            socket.send(List.of(new EnginePacket.Ping("probe")));
            if (!(socket.next(caller.answer()) instanceof EnginePacket.Pong pong)
                    || !pong.data().equals("probe")) {
                return seen(Stage.NO_PROBE_ANSWER, knock.outcome(), opened, Caller.since(begun),
                        Caller.since(begun));
            }
            probed = Caller.since(begun);
            socket.send(List.of(new EnginePacket.Upgrade()));
            polling.leave();
            socket.say(Echo.question(1));
            String reply = socket.await(caller.answer(), "4" + Echo.NAMESPACE, "0" + Echo.NAMESPACE);
            return seen(reply == null ? Stage.NO_TRAFFIC_AFTER : Stage.DONE, knock.outcome(), opened, probed,
                    Caller.since(begun));
        } catch (SessionEnded e) {
            var stage = probed.equals(opened) ? Stage.NO_PROBE_ANSWER : Stage.NO_TRAFFIC_AFTER;
            return seen(stage, knock.outcome(), opened, probed, Caller.since(begun));
        }
    }

    private static Evidence seen(Stage stage, Outcome outcome, Duration opened, Duration probed,
            Duration done) {
        return new Evidence.Upgrade(stage, outcome, opened, probed, done);
    }
}
