package dev.parley.doctor.session;

import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.HttpConnection;
import dev.parley.doctor.wire.WebSocketConnection;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an attempt to open a WebSocket.
 *
 * @param outcome    of the upgrade request
 * @param connection the open WebSocket; null if the upgrade was refused
 */
public record WebSocketAttempt(Outcome outcome, @Nullable WebSocketConnection connection) {

    /**
     * Sends an upgrade request that offers compression, as browsers do.
     *
     * @param sid the polling session to upgrade; empty for a new session
     */
    public static WebSocketAttempt open(ProbeClient client, Optional<String> sid, CookieJar jar) {
        return open(client, sid, jar, true);
    }

    /** Sends an upgrade request for a new session that offers no compression. */
    public static WebSocketAttempt openPlain(ProbeClient client) {
        return open(client, Optional.empty(), new CookieJar(), false);
    }

    private static WebSocketAttempt open(ProbeClient client, Optional<String> sid, CookieJar jar,
            boolean compressed) {
        HttpConnection http;
        try {
            http = client.open(client.responseTimeout());
        } catch (WireException e) {
            return new WebSocketAttempt(new Outcome.Failed(e.failure(), Duration.ZERO), null);
        }
        var request = jar.addTo(WebSocketConnection.request(
                client.target().requestTarget(client.revision(), TransportKind.WEBSOCKET, sid), compressed));
        // Browsers always send the origin of the page; without --origin the page is the server's own.
        var withOrigin = client.target().origin().isEmpty()
                ? request.with("Origin", client.target().endpoint().origin())
                : request;
        var outcome = client.send(http, withOrigin, client.responseTimeout());
        var accepted = outcome.response()
                .filter(response -> WebSocketConnection.accepted(withOrigin, response));
        if (accepted.isEmpty()) {
            http.connection().close();
            return new WebSocketAttempt(outcome, null);
        }
        return new WebSocketAttempt(outcome,
                new WebSocketConnection(http.connection(), accepted.get(), client::responseTimeout));
    }
}
