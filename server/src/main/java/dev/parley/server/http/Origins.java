package dev.parley.server.http;

import dev.parley.server.ServerOptions;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the page that makes a request may make it, and the headers that let its browser read the answer. Requests without an {@code
 * Origin} come from our own pages or from no browser, and may. Safe from any thread.
 */
final class Origins {
    private static final Logger LOG = LoggerFactory.getLogger(Origins.class);

    private final ServerOptions server;
    private final HttpOptions http;
    private final Verdict own;
    private final Verdict stranger;

    Origins(ServerOptions server, HttpOptions http) {
        this.server = server;
        this.http = http;
        this.own = new Verdict(true, http.cors());
        this.stranger = new Verdict(false, http.cors().withPreflightContinue(false));
    }

    /** What was decided about a request; good for all of its way. */
    record Verdict(boolean allowed, CorsOptions told) {}

    Verdict decide(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return decide(origin, request);
        }
        return RequestCheck.jsonp(request).isEmpty() ? own : decideOnScript(request);
    }

    /** A script element says where it stands in other headers, and any page could read the answer. */
    private Verdict decideOnScript(HttpServerRequest request) {
        String page = request.getHeader("Referer");
        if (page == null) {
            return "cross-site".equals(request.getHeader("Sec-Fetch-Site")) ? stranger : own;
        }
        int path = page.indexOf('/', page.indexOf("://") + 3);
        return decide(path < 0 ? page : page.substring(0, path), request);
    }

    private Verdict decide(String origin, HttpServerRequest request) {
        if (isOwn(origin, request)) {
            return own;
        }
        var rule = http.corsRule();
        if (rule.isPresent()) {
            return asked(rule.get(), origin, request).map(told -> new Verdict(true, told)).orElse(stranger);
        }
        return server.allowedOrigins().contains(origin) || accepted(origin) ? own : stranger;
    }

    private boolean accepted(String origin) {
        try {
            return http.allowOrigin().test(origin);
        } catch (RuntimeException e) {
            LOG.error("Whether a page may come in could not be decided", e);
            return false;
        }
    }

    private static Optional<CorsOptions> asked(CorsRule rule, String origin, HttpServerRequest request) {
        try {
            return rule.decide(origin, request);
        } catch (RuntimeException e) {
            LOG.error("Whether a page may come in could not be decided", e);
            return Optional.empty();
        }
    }

    /** Adds what the browser wants to see on any answer, errors too. */
    static void mark(HttpServerRequest request, Verdict verdict) {
        String origin = request.getHeader("Origin");
        MultiMap headers = request.response().headers();
        headers.add("Vary", "Origin");
        if (origin != null && verdict.allowed()) {
            headers.set("Access-Control-Allow-Origin", origin);
            if (verdict.told().credentials()) {
                headers.set("Access-Control-Allow-Credentials", "true");
            }
            if (!verdict.told().exposedHeaders().isEmpty()) {
                headers.set("Access-Control-Expose-Headers",
                        String.join(",", verdict.told().exposedHeaders()));
            }
        }
    }

    /** Adds what the browser wants to see on the answer to its preflight besides. */
    static void markPreflight(HttpServerRequest request, Verdict verdict) {
        if (verdict.allowed() && request.getHeader("Origin") != null) {
            var cors = verdict.told();
            var response = request.response()
                    .putHeader("Access-Control-Allow-Methods", String.join(",", cors.methods()))
                    .putHeader("Access-Control-Max-Age", Long.toString(cors.maxAge().toSeconds()));
            String wanted = request.getHeader("Access-Control-Request-Headers");
            if (!cors.allowedHeaders().isEmpty()) {
                response.putHeader("Access-Control-Allow-Headers", String.join(",", cors.allowedHeaders()));
            } else if (wanted != null) {
                response.putHeader("Access-Control-Allow-Headers", wanted);
                response.headers().add("Vary", "Access-Control-Request-Headers");
            }
        }
    }

    /**
     * The scheme is not compared, since TLS may end at a proxy before us. A proxy that changes Host says so in X-Forwarded-Host, which a
     * page of another origin cannot set without a preflight that fails.
     */
    private static boolean isOwn(String origin, HttpServerRequest request) {
        int scheme = origin.indexOf("://");
        if (scheme < 0) {
            return false;
        }
        String authority = origin.substring(scheme + 3);
        return authority.equalsIgnoreCase(request.getHeader("Host"))
                || authority.equalsIgnoreCase(request.getHeader("X-Forwarded-Host"));
    }
}
