package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Handshake;
import dev.parley.server.ServerListener;
import dev.parley.server.http.response.Answers;
import dev.parley.server.transport.ServerGateway;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions for the handshakes that the application allows. Safe from any event loop. */
final class Handshakes {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

    private static final String RETRY_AFTER_SECONDS = "5";

    private static final String TOO_MANY = "too many handshakes or sessions of this address";

    private final ServerGateway server;
    private final HttpOptions http;
    private final SessionRequests requests;
    private final ClientFaults faults;
    private final BiConsumer<HttpServerRequest, Runnable> guard;
    private final AtomicInteger asking = new AtomicInteger();

    /** @param guard runs a step of a request */
    Handshakes(ServerGateway server, HttpOptions http, SessionRequests requests, ClientFaults faults,
            BiConsumer<HttpServerRequest, Runnable> guard) {
        this.server = server;
        this.http = http;
        this.requests = requests;
        this.faults = faults;
        this.guard = guard;
    }

    /** Asks the application whether a handshake is allowed; refuses it, or calls {@code allowed} on the request's event loop. */
    void admit(RequestSource source, Runnable allowed) {
        var request = source.request();
        if (server.overloaded()) {
            source.told(EngineError.FORBIDDEN, ServerListener.Refusal.OVERLOADED);
            unavailable(request);
            return;
        }
        var wait = http.handshakeLimit().apply(source.address());
        if (wait.isPresent()) {
            source.told(EngineError.FORBIDDEN, TOO_MANY);
            request.response().putHeader("Retry-After", Long.toString(Math.max(1, wait.get().toSeconds())));
            Answers.status(request.response(), 429);
        } else if (http.allowRequest().isEmpty()) {
            allowed.run();
        } else if (asking.incrementAndGet() > server.options().maxSessions()) {
            asking.decrementAndGet();
            source.refuse(EngineError.FORBIDDEN, "too many handshakes wait to be allowed");
        } else {
            var filter = http.allowRequest().get();
            var handshake = source.handshake();
            var context = Vertx.currentContext();
            Thread.ofVirtual().name("parley-admission").start(() -> {
                var refusal = ask(filter, handshake);
                try {
                    context.runOnContext(back -> guard.accept(request, () -> {
                        if (request.response().closed()) {
                            faults.log("A client left while it was decided whether its request is allowed");
                        } else {
                            refusal.ifPresentOrElse(why -> forbid(source, why), allowed);
                        }
                    }));
                } catch (RejectedExecutionException e) {
                    // The HTTP server has stopped meanwhile.
                    faults.log("A request was allowed or forbidden for nobody");
                }
            });
        }
    }

    /** Responds with 503 and the time after which the client may try again. */
    static void unavailable(HttpServerRequest request) {
        request.response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
        Answers.status(request.response(), 503);
    }

    private Optional<String> ask(HandshakeFilter filter, Handshake handshake) {
        try {
            return filter.refusal(handshake);
        } catch (Throwable e) {
            // Refuses after any failure: otherwise the client would wait for ever.
            LOG.error("Whether a request is allowed could not be decided", e);
            return Optional.of(EngineError.FORBIDDEN.message());
        } finally {
            asking.decrementAndGet();
        }
    }

    private static void forbid(RequestSource source, String message) {
        source.told(EngineError.FORBIDDEN, "the application does not allow it");
        Answers.error(source.request().response(), EngineError.FORBIDDEN, message);
    }

    /** Opens a session for an allowed handshake. */
    void open(RequestSource source, TransportKind transport) {
        var request = source.request();
        var handshake = source.handshake();
        var loop = SessionRequests.sessionLoop();
        var framing = RequestCheck.framing(request);
        if (!hooked(http.initialHeaders(), request)) {
            return;
        }
        String sid;
        try {
            sid = server.sid(handshake);
        } catch (RuntimeException e) {
            LOG.error("No id could be made for a session", e);
            source.refuse(EngineError.BAD_REQUEST, "no id could be made for it");
            return;
        }
        if (transport == TransportKind.POLLING) {
            server.open(sid, handshake, framing, loop, null).ifPresentOrElse(session -> {
                http.cookie()
                        .ifPresent(cookie -> request.response()
                                .putHeader("Set-Cookie", cookie.value(session.sid())));
                session.poll(requests.exchange(source, session));
            }, () -> {
                source.told(EngineError.FORBIDDEN, ServerListener.Refusal.FULL);
                unavailable(request);
            });
        } else if (requests.upgrades().acceptable(request)) {
            requests.upgrades()
                    .perform(request, framing)
                    .onSuccess(socket -> socket
                            .begin(link -> server.open(sid, handshake, framing, loop, link), loop))
                    .onFailure(failure -> faults.log("A client left before its WebSocket was open"));
        } else {
            SessionRequests.refuseHandshake(source);
        }
    }

    /** Calls the hooks. Returns false when one of them failed; then the request has got its response. */
    static boolean hooked(List<HeadersHook> hooks, HttpServerRequest request) {
        try {
            hooks.forEach(hook -> hook.add(request.response().headers(), request));
            return true;
        } catch (RuntimeException e) {
            LOG.error("Headers of the application could not be added", e);
            Answers.status(request.response(), 500);
            return false;
        }
    }
}
