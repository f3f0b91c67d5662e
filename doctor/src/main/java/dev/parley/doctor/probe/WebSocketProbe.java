package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.evidence.WebSocketStart;
import dev.parley.doctor.session.CookieJar;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.WebSocketAttempt;
import dev.parley.doctor.wire.WebSocketConnection;
import dev.parley.doctor.wire.WebSocketConnection.Frame;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.socket.SocketEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Opens a WebSocket without polling before, and sends a message that every server refuses. If that fails with the offer of compression that
 * browsers make, tries once without and once more with it.
 */
public final class WebSocketProbe implements Probe {
    private static final int SHOWN = 40;

    /** One attempt. */
    private record Attempt(Outcome outcome, boolean compressed, Optional<EngineHandshake> handshake,
            Duration firstFrame, WebSocketStart start) {}

    @Override
    public String title() {
        return "WebSocket";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        var first = attempt(client, WebSocketAttempt.open(client, Optional.empty(), new CookieJar()));
        if (first.outcome().response().filter(Response::isOfProxy).isPresent()) {
            // One response of a proxy in place of its server may be an accident.
            first = attempt(client, WebSocketAttempt.open(client, Optional.empty(), new CookieJar()));
        }
        if (!mayBeCompression(first)) {
            return List.of(evidence(first, Optional.empty()));
        }
        var plain = attempt(client, WebSocketAttempt.openPlain(client));
        if (!plain.start().works()) {
            return List.of(evidence(first, Optional.of(plain.start())));
        }
        // Once proves nothing.
        var again = attempt(client, WebSocketAttempt.open(client, Optional.empty(), new CookieJar()));
        return List
                .of(evidence(again, again.start().works() ? Optional.empty() : Optional.of(plain.start())));
    }

    private static boolean mayBeCompression(Attempt first) {
        return switch (first.start()) {
            case WebSocketStart.Silent _any -> first.compressed();
            case WebSocketStart.Unanswered _any -> first.compressed();
            case WebSocketStart.Closed _any -> true;
            case WebSocketStart.Failed _any -> true;
            case WebSocketStart.Other _any -> first.compressed();
            case WebSocketStart.Answered _any -> false;
            case WebSocketStart.NotAccepted _any -> false;
            case WebSocketStart.WrongAccept _any -> false;
        };
    }

    private static Evidence evidence(Attempt seen, Optional<WebSocketStart> plain) {
        return new Evidence.WebSocket(seen.outcome(), seen.handshake(), seen.firstFrame(), seen.start(),
                plain);
    }

    private static Attempt attempt(ProbeClient client, WebSocketAttempt attempt) {
        var connection = attempt.connection();
        if (connection == null) {
            return new Attempt(attempt.outcome(), false, Optional.empty(), Duration.ZERO,
                    attempt.outcome()
                            .response()
                            .filter(response -> response.status() == 101)
                            .<WebSocketStart>map(WebSocketProbe::wrongAccept)
                            .orElse(new WebSocketStart.NotAccepted()));
        }
        try (connection) {
            return frames(client, attempt.outcome(), connection);
        }
    }

    private static WebSocketStart wrongAccept(Response response) {
        return new WebSocketStart.WrongAccept(response.headers().first("sec-websocket-accept").orElse(""));
    }

    private static Attempt frames(ProbeClient client, Outcome outcome, WebSocketConnection connection) {
        long begun = System.nanoTime();
        Optional<EngineHandshake> handshake = Optional.empty();
        var firstFrame = Duration.ZERO;
        WebSocketStart start;
        try {
            var frame = connection.read(client.responseTimeout());
            firstFrame = ProbeClient.elapsedSince(begun);
            handshake = client.codec().handshake(frame);
            if (handshake.isEmpty()) {
                start = frame instanceof Frame.Closed closed
                        ? new WebSocketStart.Closed(false, closed.code(), closed.reason())
                        : new WebSocketStart.Other(beginning(frame));
            } else {
                start = exchange(client, connection);
            }
        } catch (WireException e) {
            start = failed(handshake.isPresent(), e.failure());
            firstFrame = handshake.isPresent() ? firstFrame : ProbeClient.elapsedSince(begun);
        }
        return new Attempt(outcome, connection.compressed(), handshake, firstFrame, start);
    }

    private static WebSocketStart exchange(ProbeClient client, WebSocketConnection connection)
            throws WireException {
        client.codec().write(SocketEncoder.encode(EchoMessages.request(0)), connection);
        long end = System.nanoTime() + client.responseTimeout().toNanos();
        while (true) {
            var frame = connection.read(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            if (frame instanceof Frame.Closed closed) {
                return new WebSocketStart.Closed(true, closed.code(), closed.reason());
            }
            if (client.codec()
                    .frame(frame)
                    .filter(packet -> EchoMessages.answeredNumber(packet).isPresent())
                    .isPresent()) {
                return new WebSocketStart.Answered();
            }
        }
    }

    private static WebSocketStart failed(boolean opened, ConnectionFailure why) {
        if (why.isSilence()) {
            return opened ? new WebSocketStart.Unanswered() : new WebSocketStart.Silent();
        }
        return new WebSocketStart.Failed(opened, why);
    }

    private static String beginning(Frame frame) {
        String text = frame instanceof Frame.Text message ? message.text() : "binary data";
        String plain = text.replaceAll("[\\p{Cntrl}]", " ");
        return plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain;
    }
}
