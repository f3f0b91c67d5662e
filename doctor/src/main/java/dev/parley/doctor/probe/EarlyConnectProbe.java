package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.ProbeSession;
import dev.parley.doctor.session.SessionEndedException;
import dev.parley.protocol.socket.SocketPacket;
import java.time.Duration;
import java.util.List;

/**
 * Checks whether the server sends CONNECT before the client does, as servers of Socket.IO 2.x do. Their handshake does not reveal it, because
 * they accept every revision.
 */
public final class EarlyConnectProbe implements Probe {
    private static final Duration MOST = Duration.ofMillis(500);

    @Override
    public String title() {
        return "Generation of the server";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        try (var session = ProbeSession.open(client, true)) {
            boolean greeted = session
                    .await(ProbeClient.shorterOf(MOST, client.responseTimeout()),
                            SocketPacket.Connect.class::isInstance)
                    .isPresent();
            return greeted ? List.of(new Evidence.EarlyConnect()) : List.of();
        } catch (SessionEndedException e) {
            return List.of();
        }
    }
}
