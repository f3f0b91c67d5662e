package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.engine.SessionIds;
import dev.parley.server.http.header.Authority;
import dev.parley.server.http.header.RecentStrings;
import dev.parley.server.http.node.NodeListener;
import dev.parley.server.http.node.NodeSignature;
import dev.parley.server.http.response.Answers;
import dev.parley.server.http.response.Compression;
import dev.parley.server.http.response.PollResponseTimeout;
import dev.parley.server.http.websocket.Subprotocols;
import dev.parley.server.http.websocket.WebSocketUpgrade;
import dev.parley.server.transport.ServerGateway;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dispatches the requests under the path: preflights, the client script, handshakes, polls, posts, upgrades. Safe from any event loop. */
final class Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    private final ServerGateway server;
    private final ServerOptions options;
    private final HttpOptions http;
    private final Origins origins;
    private final SessionRequests requests;
    private final Handshakes handshakes;
    private final Optional<ForeignSessions> foreign;
    private final ClientScript script;
    private final RecentStrings strings = new RecentStrings();
    private final ClientFaults faults = new ClientFaults();

    Endpoint(ServerGateway server, HttpOptions http) {
        this.server = server;
        this.http = http;
        this.options = server.options();
        var compression = new Compression(http.httpCompression());
        var responseTimeout = new PollResponseTimeout(http.answerTimeout());
        this.script = new ClientScript(compression, responseTimeout);
        this.origins = new Origins(options.cors(), http.trustedProxies(),
                request -> source(request).handshake());
        this.requests = new SessionRequests(new PostBody(server.maxPayload(), http.bodyTimeout()),
                new WebSocketUpgrade(server.maxPayload(), http.perMessageDeflate(),
                        new Subprotocols(http.subprotocol())),
                compression, responseTimeout, this::endedByLeaving);
        this.handshakes = new Handshakes(server, http, requests, faults, this::guarded);
        this.foreign = options.routing()
                .filter(routing -> !routing.secrets().isEmpty())
                .map(routing -> new ForeignSessions(routing, requests, options.pingInterval()));
    }

    void handle(HttpServerRequest request) {
        guarded(request, () -> begin(request));
    }

    /** Runs a step of a request. A failure after the client has left is not logged as an error. */
    private void guarded(HttpServerRequest request, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            if (isGone(request)) {
                faults.log("A client left while its request was handled");
            } else {
                LOG.error("A request failed", e);
                if (!request.response().headWritten()) {
                    Answers.status(request.response(), 500);
                }
            }
        }
    }

    private static boolean isGone(HttpServerRequest request) {
        return request.response().closed();
    }

    private void begin(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        var verdict = origins.decide(request);
        Origins.mark(request, verdict);
        if (foreign.isPresent() && foreign.get().forwardsHandshakes() && Authority.isHttp1(request)) {
            request.response().putHeader("Connection", "close"); // so that the balancer does not send more on it
        }
        boolean preflight = HttpMethod.OPTIONS.equals(request.method());
        if (!Handshakes.hooked(http.headers(), request)) {
            return;
        }
        if (preflight) {
            Origins.markPreflight(request, verdict);
        }
        var fault = HeadCheck.fault(request, http);
        if (fault.isPresent()) {
            refuse(request, fault.get());
            return;
        }
        if (Expectation.isPending(request)) {
            Expectation.closeUnlessMet(request, SessionRequests.loop());
        }
        Runnable last = preflight ? () -> Answers.status(request.response(), verdict.told().preflightStatus())
                : () -> route(request, path, verdict.allowed());
        if (http.middlewares().isEmpty() || (preflight && !verdict.told().preflightContinue())) {
            last.run();
        } else {
            Middlewares.run(http.middlewares(), request, last);
        }
    }

    private void route(HttpServerRequest request, String path, boolean allowed) {
        if (path.equals(options.path())
                || (!http.addTrailingSlash() && (path + "/").equals(options.path()))) {
            engine(request, allowed);
        } else if (!options.serveClient() || path.length() < options.path().length()
                || !script.serve(request, path.substring(options.path().length() - 1))) {
            Answers.status(request.response(), 404);
        }
    }

    private void engine(HttpServerRequest request, boolean allowed) {
        var source = source(request);
        if (!allowed) {
            source.refuse(EngineError.FORBIDDEN, ServerListener.Refusal.WRONG_ORIGIN);
            return;
        }
        var fault = RequestCheck.fault(request, options);
        if (fault.isPresent()) {
            source.refuse(fault.get().error(), fault.get().why());
            return;
        }
        var wanted = RequestCheck.of(request);
        if (wanted.sid().isEmpty()) {
            handshakes.admit(source, () -> open(source, wanted.transport()));
            return;
        }
        var session = server.session(wanted.sid());
        if (session.isPresent()) {
            requests.serve(source, session.get(), wanted.transport());
        } else if (foreign.isPresent() && foreign.get().isForeign(wanted.sid())) {
            foreign.get().forward(source, wanted);
        } else if (SessionIds.owner(wanted.sid()).filter(tag -> !tag.equals(options.nodeTag())).isPresent()) {
            source.refuse(EngineError.UNKNOWN_SID,
                    "a session of another server: the balancer needs affinity");
        } else if (foreign.isPresent() && SessionIds.owner(wanted.sid()).isPresent()) {
            unknown(source, wanted);
        } else {
            source.refuse(EngineError.UNKNOWN_SID, "no such session here");
        }
    }

    private void open(RequestSource source, TransportKind transport) {
        if (foreign.isPresent() && foreign.get().forwardsHandshakes()) {
            foreign.get().forwardHandshake(source, transport);
        } else {
            handshakes.open(source, transport);
        }
    }

    /** Handles a request that another server of the cluster has forwarded, and has checked before. */
    void handleForwarded(HttpServerRequest request, NodeSignature.Fields signed) {
        guarded(request, () -> forwarded(request, signed));
    }

    private void forwarded(HttpServerRequest request, NodeSignature.Fields signed) {
        var source = RequestSource.of(server, strings, request, signed.address(), signed.secure(),
                body -> NodeSignature.hash(body).equals(signed.body()));
        var fault = RequestCheck.fault(request, options);
        if (fault.isPresent()) {
            source.refuse(fault.get().error(), fault.get().why());
            return;
        }
        var wanted = RequestCheck.of(request);
        if (wanted.sid().isEmpty()) {
            openForwarded(source, wanted.transport());
            return;
        }
        var session = server.session(wanted.sid());
        if (session.isEmpty()) {
            request.response().putHeader(NodeListener.UNKNOWN_SESSION, "1");
            unknown(source, wanted);
            return;
        }
        switch (request.method().name()) {
            case NodeListener.LOST -> {
                session.get().loop().run(session.get()::responseLost);
                Answers.status(request.response(), 200);
            }
            case NodeListener.RELEASE -> {
                session.get().loop().run(() -> session.get().send(List.of(new EnginePacket.Noop())));
                Answers.status(request.response(), 200);
            }
            default -> requests.serve(source, session.get(), wanted.transport());
        }
    }

    /** Opens a session that another server has chosen this one for, or lets it choose again. */
    private void openForwarded(RequestSource source, TransportKind transport) {
        if (server.overloaded() || server.full()
                || foreign.filter(ForeignSessions::forwardsHandshakes).isPresent()) {
            source.told(EngineError.FORBIDDEN, server.overloaded() ? ServerListener.Refusal.OVERLOADED
                    : server.full() ? ServerListener.Refusal.FULL : "it opens no more sessions");
            source.request().response().putHeader(NodeListener.OPENS_NONE, "1");
            Handshakes.unavailable(source.request());
        } else {
            handshakes.open(source, transport);
        }
    }

    private boolean endedByLeaving(RequestSource source) {
        if (foreign.isEmpty() || !foreign.get().forwardsHandshakes()) {
            return false;
        }
        foreign.get().endSession(source, RequestCheck.isUpgrade(source.request()));
        return true;
    }

    /** Refuses a request for a session that names this server and is not here. If the server is leaving, the session has moved, and its client is told so. */
    private void unknown(RequestSource source, RequestCheck wanted) {
        if (foreign.isPresent() && foreign.get().forwardsHandshakes()) {
            foreign.get().endSession(source, wanted.transport() == TransportKind.WEBSOCKET);
        } else {
            source.refuse(EngineError.UNKNOWN_SID, "no such session here");
        }
    }

    private RequestSource source(HttpServerRequest request) {
        return RequestSource.of(server, strings, request, http.trustedProxies().client(request),
                http.trustedProxies().secure(request), body -> true);
    }

    private void refuse(HttpServerRequest request, HeadCheck.Fault fault) {
        source(request).told(EngineError.BAD_REQUEST, fault.why());
        if (fault.status() == EngineError.BAD_REQUEST.status()) {
            Answers.error(request.response(), EngineError.BAD_REQUEST);
        } else {
            Answers.status(request.response(), fault.status());
        }
    }
}
