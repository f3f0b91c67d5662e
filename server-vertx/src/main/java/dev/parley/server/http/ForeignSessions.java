package dev.parley.server.http;

import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineQuery;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.engine.SessionIds;
import dev.parley.server.engine.SessionRouting;
import dev.parley.server.http.header.Query;
import dev.parley.server.http.node.ByteLimit;
import dev.parley.server.http.node.ForwardedRequest;
import dev.parley.server.http.node.NodeClient;
import dev.parley.server.http.node.RecentSids;
import dev.parley.server.http.websocket.FrameHandler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Forwards requests for sessions of other servers of a cluster to them. A session whose server has left or died is ended by one response: an Engine.IO close
 * packet, upon which clients connect anew at once and without an error (decision 0024). Safe from any event loop. Limit: bodies of {@value #MAX_BODIES} bytes
 * together; beyond it the response is 503.
 */
final class ForeignSessions {
    private static final long MAX_BODIES = 64_000_000;
    private static final int MAX_ENDED = 10_000;
    private static final Duration DEADLINE_SLACK = Duration.ofSeconds(15);
    /** How long another server has to respond to a handshake, which waits for nothing, and how many are asked. */
    private static final Duration HANDSHAKE_DEADLINE = Duration.ofSeconds(5);
    private static final int MAX_ASKED = 3;
    private static final byte[] NO_BODY = {};
    private static final String NO_SERVER = "no server of the cluster has this session";

    private final SessionRouting routing;
    private final NodeClient client;
    private final SessionRequests requests;
    private final Duration deadline;
    /** Ids of which their owners said that there is no such session: no id is given twice. */
    private final RecentSids ended = new RecentSids(MAX_ENDED);
    private final ByteLimit bodies = new ByteLimit(MAX_BODIES);

    ForeignSessions(SessionRouting routing, SessionRequests requests, Duration pingInterval) {
        this.routing = routing;
        this.client = new NodeClient(routing);
        this.requests = requests;
        this.deadline = pingInterval.plus(DEADLINE_SLACK);
    }

    /** Returns whether a session id names another server. */
    boolean isForeign(String sid) {
        return SessionIds.owner(sid).filter(tag -> !tag.equals(routing.tag())).isPresent();
    }

    /** Forwards a request without a fault to the owner of its session. */
    void forward(RequestSource source, RequestCheck wanted) {
        var request = source.request();
        String tag = SessionIds.owner(wanted.sid()).orElseThrow();
        if (ended.contains(wanted.sid())) {
            source.refuse(EngineError.UNKNOWN_SID, "its owner has no such session");
            return;
        }
        if (wanted.transport() == TransportKind.WEBSOCKET) {
            if (requests.upgrades().acceptable(request)) {
                forward(source, wanted.sid(), tag, true, NO_BODY);
            } else {
                SessionRequests.refuseHandshake(source);
            }
        } else if (HttpMethod.GET.equals(request.method())) {
            forward(source, wanted.sid(), tag, false, NO_BODY);
        } else if (HttpMethod.POST.equals(request.method())) {
            if (isKnownAsGone(source, tag)) {
                return;
            }
            requests.bodies().read(request, source.loop(), new ForwardedPost(source, bodies, body -> {
                if (!request.response().closed()) {
                    forward(source, wanted.sid(), tag, false, body);
                }
            }));
        } else {
            source.refuse(EngineError.BAD_REQUEST, "neither GET nor POST");
        }
    }

    /** Responds to a request of a server that is known not to be there, before its body is read; returns whether it did. */
    private boolean isKnownAsGone(RequestSource source, String tag) {
        var known = new AtomicReference<SessionRouting.Route>();
        routing.route(tag, known::set);
        return switch (known.get()) {
            case SessionRouting.Route.Gone gone -> {
                endSession(source, false);
                yield true;
            }
            case SessionRouting.Route.Unknown unknown -> {
                source.refuse(EngineError.UNKNOWN_SID, NO_SERVER);
                yield true;
            }
            case null, default -> false;
        };
    }

    private void forward(RequestSource source, String sid, String tag, boolean upgrade, byte[] body) {
        var request = source.request();
        bodies.add(body.length);
        client.forward(new ForwardedRequest(request, source.context(), tag,
                ForwardedRequest.headersOfSession(request, upgrade), body, source.address(), source.secure(),
                deadline, requests.responseTimeout(), () -> bodies.add(-body.length), () -> ended.add(sid),
                () -> endSession(source, upgrade), () -> source.refuse(EngineError.UNKNOWN_SID, NO_SERVER)));
    }

    /** Returns whether handshakes go to another server, since this one opens no more sessions. */
    boolean forwardsHandshakes() {
        return routing.draining();
    }

    /** Forwards an allowed handshake to another server, and to a next one if that is full, drains or cannot be reached. */
    void forwardHandshake(RequestSource source, TransportKind transport) {
        boolean upgrade = transport == TransportKind.WEBSOCKET;
        if (upgrade && !requests.upgrades().acceptable(source.request())) {
            SessionRequests.refuseHandshake(source);
        } else {
            forwardHandshake(source, upgrade, Set.of());
        }
    }

    private void forwardHandshake(RequestSource source, boolean upgrade, Set<String> asked) {
        var other = asked.size() < MAX_ASKED ? routing.another(asked)
                : Optional.<SessionRouting.Route>empty();
        String tag = switch (other.orElseGet(SessionRouting.Route.Unknown::new)) {
            case SessionRouting.Route.Direct direct -> direct.tag();
            case SessionRouting.Route.Relayed relayed -> relayed.tag();
            case SessionRouting.Route.Gone gone -> "";
            case SessionRouting.Route.Unknown unknown -> "";
        };
        if (tag.isEmpty()) {
            unavailable(source);
            return;
        }
        var request = source.request();
        var then = new HashSet<>(asked);
        then.add(tag);
        Runnable next = () -> forwardHandshake(source, upgrade, then);
        client.forward(new ForwardedRequest(request, source.context(), tag,
                ForwardedRequest.headersOfHandshake(request, upgrade), NO_BODY, source.address(),
                source.secure(), HANDSHAKE_DEADLINE, requests.responseTimeout(), () -> {}, () -> {}, next,
                next));
    }

    private static void unavailable(RequestSource source) {
        source.told(EngineError.FORBIDDEN, "it opens no more sessions, and no other server could be asked");
        Handshakes.unavailable(source.request());
    }

    /** Ends the session of a server that is leaving, has left or died. */
    void endSession(RequestSource source, boolean upgrade) {
        var request = source.request();
        source.told(EngineError.UNKNOWN_SID, "the server of the session leaves, has left or died");
        if (upgrade) {
            // Clients go on polling when a WebSocket ends before its probe, and learn it there.
            requests.upgrades()
                    .perform(request, RequestCheck.framing(request))
                    .onSuccess(FrameHandler::close)
                    .onFailure(failure -> {});
            return;
        }
        var revision = EngineRevision.parse(parameter(request, EngineQuery.REVISION))
                .orElse(EngineRevision.V4);
        List<EnginePacket> close = List.of(new EnginePacket.Close());
        requests.exchange(source, revision)
                .respond(revision == EngineRevision.V4 ? EngineCodec.encodePayload(close)
                        : Engine3Codec.encodePayload(close), false, outcome -> {});
    }

    private static String parameter(HttpServerRequest request, String name) {
        String query = request.query();
        return query == null ? "" : Query.first(query, name);
    }
}
