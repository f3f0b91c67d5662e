package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Handshake;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.SessionIds;
import dev.parley.server.http.header.Authority;
import dev.parley.server.http.header.ListHeader;
import dev.parley.server.http.header.Query;
import dev.parley.server.http.header.RecentStrings;
import dev.parley.server.http.loop.NettyLoop;
import dev.parley.server.http.response.Answers;
import dev.parley.server.http.response.Compression;
import dev.parley.server.http.response.HttpExchange;
import dev.parley.server.http.response.PollResponseTimeout;
import dev.parley.server.http.websocket.Subprotocols;
import dev.parley.server.http.websocket.WebSocketUpgrade;
import dev.parley.server.transport.ServerGateway;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Dispatches the requests under the path: preflights, the client script, handshakes, polls, posts, upgrades. Safe from any event loop. */
final class Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    private static final String RETRY_AFTER_SECONDS = "5";

    private final ServerGateway server;
    private final ServerOptions options;
    private final HttpOptions http;
    private final Compression compression;
    private final PollResponseTimeout responseTimeout;
    private final AtomicInteger asking = new AtomicInteger();
    private final Origins origins;
    private final PostBody bodies;
    private final WebSocketUpgrade upgrades;
    private final ClientScript script;
    private final RecentStrings strings = new RecentStrings();
    private final ClientFaults faults = new ClientFaults();

    Endpoint(ServerGateway server, HttpOptions http) {
        this.server = server;
        this.http = http;
        this.compression = new Compression(http.httpCompression());
        this.responseTimeout = new PollResponseTimeout(http.answerTimeout());
        this.script = new ClientScript(compression, responseTimeout);
        this.options = server.options();
        this.origins = new Origins(options.cors(), http.trustedProxies(), this::handshake);
        this.bodies = new PostBody(server.maxPayload(), http.bodyTimeout());
        this.upgrades = new WebSocketUpgrade(server.maxPayload(), http.perMessageDeflate(),
                new Subprotocols(http.subprotocol()));
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
        boolean preflight = HttpMethod.OPTIONS.equals(request.method());
        if (!hooked(http.headers(), request)) {
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
            Expectation.closeUnlessMet(request, loop());
        }
        Runnable last = preflight ? () -> Answers.status(request.response(), verdict.told().preflightStatus())
                : () -> route(request, path, verdict.allowed());
        if (http.middlewares().isEmpty() || (preflight && !verdict.told().preflightContinue())) {
            last.run();
        } else {
            Middlewares.run(http.middlewares(), request, last);
        }
    }

    /** Calls the hooks. Returns false when one of them failed; then the request has got its response. */
    private static boolean hooked(List<HeadersHook> hooks, HttpServerRequest request) {
        try {
            hooks.forEach(hook -> hook.add(request.response().headers(), request));
            return true;
        } catch (RuntimeException e) {
            LOG.error("Headers of the application could not be added", e);
            Answers.status(request.response(), 500);
            return false;
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
        if (!allowed) {
            refuse(request, EngineError.FORBIDDEN, ServerListener.Refusal.WRONG_ORIGIN);
            return;
        }
        var fault = RequestCheck.fault(request, options);
        if (fault.isPresent()) {
            refuse(request, fault.get().error(), fault.get().why());
            return;
        }
        var wanted = RequestCheck.of(request);
        if (wanted.sid().isEmpty()) {
            open(request, wanted.transport());
            return;
        }
        var session = server.session(wanted.sid());
        if (session.isEmpty()) {
            boolean strayed = SessionIds.owner(wanted.sid())
                    .filter(owner -> !owner.equals(options.nodeTag()))
                    .isPresent();
            refuse(request, EngineError.UNKNOWN_SID,
                    strayed ? "a session of another server: the balancer needs affinity"
                            : "no such session here");
        } else if (wanted.transport() == TransportKind.WEBSOCKET) {
            upgrade(request, session.get());
        } else if (HttpMethod.GET.equals(request.method())) {
            poll(request, session.get());
        } else if (HttpMethod.POST.equals(request.method())) {
            bodies.read(request, session.get(), exchange(request, session.get()));
        } else {
            refuse(request, EngineError.BAD_REQUEST, "neither GET nor POST");
        }
    }

    private void open(HttpServerRequest request, TransportKind transport) {
        if (server.overloaded()) {
            told(request, EngineError.FORBIDDEN, ServerListener.Refusal.OVERLOADED);
            request.response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
            Answers.status(request.response(), 503);
            return;
        }
        var handshake = handshake(request);
        if (http.allowRequest().isEmpty()) {
            open(request, transport, handshake);
        } else if (asking.incrementAndGet() > options.maxSessions()) {
            asking.decrementAndGet();
            refuse(request, EngineError.FORBIDDEN, "too many handshakes wait to be allowed");
        } else {
            var filter = http.allowRequest().get();
            var context = Vertx.currentContext();
            Thread.ofVirtual().name("parley-admission").start(() -> {
                var refusal = ask(filter, handshake);
                try {
                    context.runOnContext(back -> guarded(request, () -> {
                        if (isGone(request)) {
                            faults.log("A client left while it was decided whether its request is allowed");
                        } else {
                            refusal.ifPresentOrElse(why -> forbid(request, why),
                                    () -> open(request, transport, handshake));
                        }
                    }));
                } catch (RejectedExecutionException e) {
                    // The HTTP server has stopped meanwhile.
                    faults.log("A request was allowed or forbidden for nobody");
                }
            });
        }
    }

    private Optional<String> ask(HandshakeFilter filter, Handshake handshake) {
        try {
            return filter.refusal(handshake);
        } catch (Throwable e) {
            // Whatever it was: the client would wait for its answer for ever.
            LOG.error("Whether a request is allowed could not be decided", e);
            return Optional.of(EngineError.FORBIDDEN.message());
        } finally {
            asking.decrementAndGet();
        }
    }

    private void forbid(HttpServerRequest request, String message) {
        told(request, EngineError.FORBIDDEN, "the application does not allow it");
        Answers.error(request.response(), EngineError.FORBIDDEN, message);
    }

    private void open(HttpServerRequest request, TransportKind transport, Handshake handshake) {
        var loop = new NettyLoop(loop());
        var framing = RequestCheck.framing(request);
        if (!hooked(http.initialHeaders(), request)) {
            return;
        }
        String sid;
        try {
            sid = server.sid(handshake);
        } catch (RuntimeException e) {
            LOG.error("No id could be made for a session", e);
            refuse(request, EngineError.BAD_REQUEST, "no id could be made for it");
            return;
        }
        if (transport == TransportKind.POLLING) {
            server.open(sid, handshake, framing, loop, null).ifPresentOrElse(session -> {
                http.cookie()
                        .ifPresent(cookie -> request.response()
                                .putHeader("Set-Cookie", cookie.value(session.sid())));
                session.poll(exchange(request, session));
            }, () -> refuse(request, EngineError.FORBIDDEN, ServerListener.Refusal.FULL));
        } else if (upgrades.acceptable(request)) {
            upgrades.perform(request, framing)
                    .onSuccess(socket -> socket
                            .begin(link -> server.open(sid, handshake, framing, loop, link), loop))
                    .onFailure(failure -> faults.log("A client left before its WebSocket was open"));
        } else {
            refuseHandshake(request);
        }
    }

    private void poll(HttpServerRequest request, EngineSession session) {
        var exchange = exchange(request, session);
        request.response().closeHandler(closed -> session.loop().run(() -> session.pollLost(exchange)));
        session.loop().run(() -> session.poll(exchange));
    }

    private void upgrade(HttpServerRequest request, EngineSession session) {
        if (!upgrades.acceptable(request)) {
            refuseHandshake(request);
            return;
        }
        var offer = new UpgradeRequest(exchange(request, session), session,
                () -> upgrades.perform(request, framing(request, session)));
        session.loop().run(() -> session.offerWebSocket(offer));
    }

    /** Returns the framing of a transport. A client that has requested text only is sent nothing else. */
    private static Framing framing(HttpServerRequest request, EngineSession session) {
        boolean textOnly = session.framing() == Framing.V4_BASE64;
        return textOnly ? Framing.V4_BASE64 : RequestCheck.framing(request, session.revision());
    }

    private HttpExchange exchange(HttpServerRequest request, EngineSession session) {
        String jsonp = session.revision() == EngineRevision.V4 ? "" : RequestCheck.jsonp(request);
        return new HttpExchange(request, responseTimeout, compression, jsonp, loop(),
                (error, why) -> told(request, error, why));
    }

    private static EventLoop loop() {
        return ((ContextInternal) Vertx.currentContext()).nettyEventLoop();
    }

    private void refuse(HttpServerRequest request, HeadCheck.Fault fault) {
        told(request, EngineError.BAD_REQUEST, fault.why());
        if (fault.status() == EngineError.BAD_REQUEST.status()) {
            Answers.error(request.response(), EngineError.BAD_REQUEST);
        } else {
            Answers.status(request.response(), fault.status());
        }
    }

    private void refuse(HttpServerRequest request, EngineError error, String why) {
        told(request, error, why);
        Answers.error(request.response(), error);
    }

    private void refuseHandshake(HttpServerRequest request) {
        // RFC 6455, section 4.2.2: whatever was wrong, the client learns which version is spoken.
        request.response().putHeader("Sec-WebSocket-Version", WebSocketUpgrade.VERSION);
        refuse(request, EngineError.BAD_REQUEST, "not a WebSocket handshake");
    }

    private void told(HttpServerRequest request, EngineError error, String why) {
        String host = Authority.of(request);
        server.refused(new ServerListener.Refusal(error, why, request.method().name(), address(request),
                origin(request), host == null ? "" : host));
    }

    private static String origin(HttpServerRequest request) {
        String origin = ListHeader.joined(request.headers(), "Origin");
        return origin == null ? "" : origin;
    }

    private Handshake handshake(HttpServerRequest request) {
        return new Handshake(headers(request), parameters(request), address(request), request.uri(),
                Instant.now(), http.trustedProxies().secure(request), null);
    }

    private String address(HttpServerRequest request) {
        return http.trustedProxies().client(request);
    }

    private Map<String, String> headers(HttpServerRequest request) {
        var all = new HashMap<String, String>();
        request.headers().forEach((name, value) -> {
            String lowerCase = strings.share(name.toLowerCase(Locale.ROOT));
            String before = all.get(lowerCase);
            if (before == null) {
                all.put(lowerCase,
                        RecentStrings.COMMON_HEADERS.contains(lowerCase) ? strings.share(value) : value);
            } else if (!ListHeader.SINGLE.contains(lowerCase)) {
                all.put(lowerCase, before + (lowerCase.equals("cookie") ? "; " : ", ") + value);
            }
        });
        String host = Authority.of(request);
        if (host != null) {
            all.put("host", strings.share(host));
        }
        return all;
    }

    private Map<String, String> parameters(HttpServerRequest request) {
        var first = new HashMap<String, String>();
        Query.all(request.query()).forEach((name, value) -> first.put(strings.share(name), value));
        return first;
    }
}
