package dev.parley.server.http.node;

import dev.parley.server.engine.SessionRouting;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Decides whether a request comes from a server of the cluster: its signature is valid, meant for this server, at most 30 s old or ahead in the cluster's time,
 * and has not come before. Safe from any thread.
 */
final class NodeVerifier {
    private static final long WINDOW_MILLIS = 30_000;

    private final SessionRouting routing;
    private final NodeSignature signature;
    private final ReplayGuard seen = new ReplayGuard(2 * WINDOW_MILLIS);

    NodeVerifier(SessionRouting routing) {
        this.routing = routing;
        this.signature = new NodeSignature(routing.secrets());
    }

    /** Returns what the signature of a request says; empty, and counted, if it is not valid. */
    Optional<NodeSignature.Fields> verify(HttpServerRequest request) {
        String header = request.getHeader(NodeSignature.HEADER);
        var fields = header == null ? Optional.<NodeSignature.Fields>empty()
                : verify(request.method().name(), request.uri(), header, routing.clusterMillis());
        if (fields.isEmpty()) {
            routing.refusedSignature();
        }
        return fields;
    }

    Optional<NodeSignature.Fields> verify(String method, String uri, String header, long now) {
        return signature.verify(method, uri, header)
                .filter(fields -> fields.to().equals(routing.tag()))
                .filter(fields -> fields.time() >= now - WINDOW_MILLIS
                        && fields.time() <= now + WINDOW_MILLIS)
                .filter(fields -> seen.accept(fields.sender(), fields.number(), now));
    }
}
