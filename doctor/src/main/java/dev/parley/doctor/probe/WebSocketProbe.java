package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.session.CookieJar;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.WebSocketAttempt;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EngineHandshake;
import java.util.List;
import java.util.Optional;

/** Opens a WebSocket without polling before. */
public final class WebSocketProbe implements Probe {

    @Override
    public String title() {
        return "WebSocket";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        var attempt = WebSocketAttempt.open(client, Optional.empty(), new CookieJar());
        var connection = attempt.connection();
        Optional<EngineHandshake> handshake = Optional.empty();
        long opened = System.nanoTime();
        if (connection != null) {
            try (connection) {
                handshake = client.codec().handshake(connection.read(client.responseTimeout()));
            } catch (WireException e) {
                handshake = Optional.empty();
            }
        }
        return List
                .of(new Evidence.WebSocket(attempt.outcome(), handshake, ProbeClient.elapsedSince(opened)));
    }
}
