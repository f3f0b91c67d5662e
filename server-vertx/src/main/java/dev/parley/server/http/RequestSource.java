package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.server.Handshake;
import dev.parley.server.ServerListener;
import dev.parley.server.http.header.Authority;
import dev.parley.server.http.header.ListHeader;
import dev.parley.server.http.header.Query;
import dev.parley.server.http.header.RecentStrings;
import dev.parley.server.http.response.Answers;
import dev.parley.server.transport.ServerGateway;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A request with the client that made it, which may have reached another server of the cluster.
 *
 * @param context in which the request is handled: its body, timers and other sessions come back to its event loop without one
 * @param address the client's IP address
 * @param secure  whether the client used TLS
 * @param body    whether a body is the one that was signed; true for requests that reached this server first
 */
record RequestSource(ServerGateway server, RecentStrings strings, HttpServerRequest request,
        ContextInternal context, String address, boolean secure, Predicate<byte[]> body) {
    /** Returns the source of a request that is being handled. */
    static RequestSource of(ServerGateway server, RecentStrings strings, HttpServerRequest request,
            String address, boolean secure, Predicate<byte[]> body) {
        return new RequestSource(server, strings, request, (ContextInternal) Vertx.currentContext(), address,
                secure, body);
    }

    /** Returns the event loop of the request. */
    EventLoop loop() {
        return context.nettyEventLoop();
    }

    /** Returns the handshake that the request makes. */
    Handshake handshake() {
        return new Handshake(headers(), parameters(), address, request.uri(), Instant.now(), secure, null);
    }

    /** Responds with an error, and reports it. */
    void refuse(EngineError error, String why) {
        told(error, why);
        Answers.error(request.response(), error);
    }

    /** Reports a refusal to the server's listeners. */
    void told(EngineError error, String why) {
        String host = Authority.of(request);
        String origin = ListHeader.joined(request.headers(), "Origin");
        server.refused(new ServerListener.Refusal(error, why, request.method().name(), address,
                origin == null ? "" : origin, host == null ? "" : host));
    }

    private Map<String, String> headers() {
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

    private Map<String, String> parameters() {
        var first = new HashMap<String, String>();
        Query.all(request.query()).forEach((name, value) -> first.put(strings.share(name), value));
        return first;
    }
}
