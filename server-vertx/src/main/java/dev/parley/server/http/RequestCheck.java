package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EngineQuery;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.http.header.ListHeader;
import dev.parley.server.http.header.Query;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The transport and session id of a request under the path, read from its query before any session is looked up.
 *
 * @param sid empty for a handshake
 */
record RequestCheck(TransportKind transport, String sid) {
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    /** The reason why a request is refused. */
    record Fault(EngineError error, String why) {}

    static boolean isUpgrade(HttpServerRequest request) {
        return ListHeader.has(request.headers(), "Upgrade", "websocket");
    }

    /** Returns the fault of a request. Checks are made in the order of the reference server (socket.io on Node.js). */
    static Optional<Fault> fault(HttpServerRequest request, ServerOptions options) {
        var transport = transport(request);
        if (transport.isEmpty() || !options.transports().contains(transport.get())) {
            return fault(EngineError.UNKNOWN_TRANSPORT, "transport unknown or not offered");
        }
        boolean wantsWebSocket = transport.get() == TransportKind.WEBSOCKET;
        if (parameter(request, EngineQuery.SID).isEmpty()) {
            if (!HttpMethod.GET.equals(request.method())) {
                return fault(EngineError.BAD_HANDSHAKE_METHOD, "a handshake that is not a GET");
            }
            // The one place that decides on revisions.
            var revision = EngineRevision.parse(parameter(request, EngineQuery.REVISION));
            if (revision.isEmpty() || (revision.get() == EngineRevision.V3 && !options.allowEIO3())) {
                return fault(EngineError.UNSUPPORTED_PROTOCOL_VERSION,
                        revision.isEmpty() ? "EIO is neither 3 nor 4" : "EIO 3 is not allowed here");
            }
        }
        if (wantsWebSocket != isUpgrade(request)) {
            return fault(EngineError.BAD_REQUEST,
                    wantsWebSocket ? ServerListener.Refusal.NO_UPGRADE : "an Upgrade of a poll");
        }
        if (!jsonp(request).isEmpty() && !INDEX.matcher(jsonp(request)).matches()) {
            return fault(EngineError.BAD_REQUEST, "a JSONP index that is no number");
        }
        return Optional.empty();
    }

    /** Returns the transport and session id of a valid request. */
    static RequestCheck of(HttpServerRequest request) {
        return new RequestCheck(transport(request).orElseThrow(), parameter(request, EngineQuery.SID));
    }

    /** Returns the framing that a valid handshake requests. */
    static Framing framing(HttpServerRequest request) {
        var revision = EngineRevision.parse(parameter(request, EngineQuery.REVISION))
                .orElse(EngineRevision.V4);
        return framing(request, revision);
    }

    /** Returns the framing that a transport of a session of this revision requests. */
    static Framing framing(HttpServerRequest request, EngineRevision revision) {
        // A script, which only revision 3 knows, cannot be handed bytes.
        boolean script = revision == EngineRevision.V3 && !jsonp(request).isEmpty();
        return Framing.of(revision, script || !parameter(request, EngineQuery.BASE64).isEmpty());
    }

    /** Returns the index of the page's JSONP callback, for the request of a script element; otherwise empty. */
    static String jsonp(HttpServerRequest request) {
        return parameter(request, "j");
    }

    private static Optional<TransportKind> transport(HttpServerRequest request) {
        return TransportKind.parse(parameter(request, EngineQuery.TRANSPORT));
    }

    private static String parameter(HttpServerRequest request, String name) {
        String query = request.query();
        return query == null ? "" : Query.first(query, name);
    }

    private static Optional<Fault> fault(EngineError error, String why) {
        return Optional.of(new Fault(error, why));
    }
}
