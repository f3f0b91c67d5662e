package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import java.util.List;
import java.util.Optional;

/** Recognises another protocol in place of Socket.IO: from the response to the handshake, and from two requests that such servers know. */
public record OtherProtocolProbe(Outcome handshake) implements Probe {

    @Override
    public String title() {
        return "Other protocols";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        return handshake.response()
                .flatMap(OtherProtocolProbe::byResponse)
                .or(() -> handshake.failure().flatMap(OtherProtocolProbe::byBanner))
                .or(() -> handshake.response().flatMap(response -> byRequests(client)))
                .map(List::of)
                .orElse(List.of());
    }

    /** Recognises a protocol whose server speaks first. */
    public static Optional<Evidence> byBanner(ConnectionFailure why) {
        return why.kind() == ConnectionFailure.Kind.NOT_HTTP && why.detail().contains("\"SSH-")
                ? seen("SSH", why.detail())
                : Optional.empty();
    }

    private static Optional<Evidence> byResponse(Response response) {
        String text = response.text();
        if (response.headers().contains("content-type", "application/grpc")) {
            return seen("gRPC", "content-type: application/grpc");
        }
        if (text.startsWith("Welcome to SockJS!")) {
            return seen("SockJS", "\"Welcome to SockJS!\"");
        }
        if (response.status() == 400 && text.strip().equals("Connection ID required")) {
            return seen("SignalR", "\"Connection ID required\"");
        }
        if (isGraphQl(text)) {
            return seen("GraphQL", "the errors of a GraphQL server");
        }
        if (response.status() == 426
                || (response.status() == 400 && text.startsWith("Failed to open a WebSocket connection"))) {
            return seen("plain WebSocket",
                    "HTTP " + response.status() + " to a request that opens no WebSocket");
        }
        return Optional.empty();
    }

    private static boolean isGraphQl(String text) {
        return text.contains("\"errors\"") && (text.contains("GET query missing")
                || text.contains("Must provide query string") || text.contains("GraphQL"));
    }

    private static Optional<Evidence> byRequests(ProbeClient client) {
        String base = client.target().path().replaceFirst("/+$", "");
        var info = client.send(Request.get(base + "/info"), client.responseTimeout())
                .response()
                .filter(response -> response.status() == 200 && response.text().contains("\"cookie_needed\"")
                        && response.text().contains("\"websocket\""));
        if (info.isPresent()) {
            return seen("SockJS", base + "/info answers as SockJS does");
        }
        return client.send(Request.post(base + "/negotiate?negotiateVersion=1", ""), client.responseTimeout())
                .response()
                .filter(response -> response.status() == 200
                        && response.text().contains("\"availableTransports\""))
                .flatMap(response -> seen("SignalR", base + "/negotiate answers as SignalR does"));
    }

    private static Optional<Evidence> seen(String name, String sign) {
        return Optional.of(new Evidence.OtherProtocol(name, sign));
    }
}
