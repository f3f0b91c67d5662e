package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Stage;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.MachineSession;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.SessionEndedException;
import dev.parley.doctor.session.WebSocketAttempt;
import dev.parley.doctor.wire.WebSocketConnection;
import dev.parley.doctor.wire.WebSocketConnection.Frame;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.SocketEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Upgrades a polling session to WebSocket, and measures each step: open, probe, upgrade, traffic. Reads and writes the frames of the WebSocket
 * itself, because it must name the step at which an upgrade fails.
 */
public final class UpgradeProbe implements Probe {
    private static final EnginePacket PROBE = new EnginePacket.Ping(EnginePacket.PROBE);
    private static final Optional<EnginePacket> PROBE_ANSWER = Optional
            .of(new EnginePacket.Pong(EnginePacket.PROBE));

    @Override
    public String title() {
        return "Upgrade from polling to WebSocket";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        MachineSession polling;
        try {
            polling = MachineSession.open(client, TransportKind.POLLING);
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

    private static Evidence upgrade(ProbeClient client, MachineSession polling) throws InterruptedException {
        long begun = System.nanoTime();
        var attempt = WebSocketAttempt.open(client, Optional.of(polling.handshake().sid()), polling.jar());
        var opened = ProbeClient.elapsedSince(begun);
        var connection = attempt.connection();
        if (connection == null) {
            return seen(Stage.REFUSED, attempt.outcome(), opened, opened, opened);
        }
        var probed = opened;
        try (connection) {
            client.codec().write(List.of(PROBE), connection);
            if (!client.codec().frame(connection.read(client.responseTimeout())).equals(PROBE_ANSWER)) {
                return seen(Stage.NO_PROBE_ANSWER, attempt.outcome(), opened, ProbeClient.elapsedSince(begun),
                        ProbeClient.elapsedSince(begun));
            }
            probed = ProbeClient.elapsedSince(begun);
            client.codec().write(List.of(new EnginePacket.Upgrade()), connection);
            polling.drop();
            boolean answered = roundTrip(client, connection);
            return seen(answered ? Stage.DONE : Stage.NO_TRAFFIC_AFTER, attempt.outcome(), opened, probed,
                    ProbeClient.elapsedSince(begun));
        } catch (WireException e) {
            var stage = probed.equals(opened) ? Stage.NO_PROBE_ANSWER : Stage.NO_TRAFFIC_AFTER;
            return seen(stage, attempt.outcome(), opened, probed, ProbeClient.elapsedSince(begun));
        }
    }

    private static boolean roundTrip(ProbeClient client, WebSocketConnection connection)
            throws WireException {
        var codec = client.codec();
        codec.write(SocketEncoder.encode(EchoMessages.request(1)), connection);
        long end = System.nanoTime() + client.responseTimeout().toNanos();
        while (true) {
            var frame = connection.read(Duration.ofNanos(end - System.nanoTime()));
            if (frame instanceof Frame.Closed) {
                return false;
            }
            var packet = codec.frame(frame);
            if (packet.filter(reply -> EchoMessages.answeredNumber(reply).isPresent()).isPresent()) {
                return true;
            }
            if (packet.isPresent() && packet.get() instanceof EnginePacket.Ping ping) {
                codec.write(List.of(new EnginePacket.Pong(ping.data())), connection);
            }
        }
    }

    private static Evidence seen(Stage stage, Outcome outcome, Duration opened, Duration probed,
            Duration done) {
        return new Evidence.Upgrade(stage, outcome, opened, probed, done);
    }
}
