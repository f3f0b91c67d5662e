package dev.parley.server.http;

import dev.parley.server.CorsOptions;
import dev.parley.server.CorsRule;
import dev.parley.server.Handshake;
import dev.parley.server.http.header.Authority;
import dev.parley.server.http.header.ListHeader;
import dev.parley.server.http.header.WebOrigin;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the page that makes a request may do so, and adds the headers that let its browser read the response. Requests without an
 * {@code Origin} come from the server's own pages or from no browser, and are allowed. Safe from any thread.
 */
final class Origins {
    private static final Logger LOG = LoggerFactory.getLogger(Origins.class);

    private final CorsOptions cors;
    private final Set<String> allowed;
    private final TrustedProxies proxies;
    private final Function<HttpServerRequest, Handshake> heads;
    private final Verdict own;
    private final Verdict stranger;

    /**
     * Creates the decision for the options.
     *
     * @param heads creates the handshake that a rule receives
     */
    Origins(CorsOptions cors, TrustedProxies proxies, Function<HttpServerRequest, Handshake> heads) {
        this.cors = cors;
        this.allowed = cors.allowedOrigins().stream().map(Origins::spelled).collect(Collectors.toSet());
        this.proxies = proxies;
        this.heads = heads;
        this.own = new Verdict(true, cors);
        this.stranger = new Verdict(false, cors.toBuilder().preflightContinue(false).build());
    }

    /** The decision on one request. */
    record Verdict(boolean allowed, CorsOptions told) {}

    Verdict decide(HttpServerRequest request) {
        String origin = ListHeader.joined(request.headers(), "Origin");
        if (origin != null) {
            return decide(origin, request);
        }
        boolean crossSite = "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        return crossSite || !RequestCheck.jsonp(request).isEmpty() ? decideByReferer(request, crossSite)
                : own;
    }

    /**
     * Decides on a request without {@code Origin} by its {@code Referer}: that of a script element, whose response any page could read, or one that a
     * page of another site makes by an image, a link or the like (Fetch Metadata), which could otherwise open sessions.
     */
    private Verdict decideByReferer(HttpServerRequest request, boolean crossSite) {
        String page = request.getHeader("Referer");
        if (page == null) {
            return crossSite ? stranger : own;
        }
        int path = page.indexOf('/', page.indexOf("://") + 3);
        return decide(path < 0 ? page : page.substring(0, path), request);
    }

    private Verdict decide(String origin, HttpServerRequest request) {
        if (isOwn(origin, request)) {
            return own;
        }
        var rule = cors.rule();
        if (rule.isPresent()) {
            return asked(rule.get(), origin, request).map(told -> new Verdict(true, told)).orElse(stranger);
        }
        return allowed.contains(spelled(origin)) || accepted(origin) ? own : stranger;
    }

    /** Returns an origin in the spelling in which origins are compared; others than web origins unchanged. */
    private static String spelled(String origin) {
        var web = WebOrigin.parse(origin);
        return web == null ? origin : web.toString();
    }

    private boolean accepted(String origin) {
        try {
            return cors.allowOrigin().test(origin);
        } catch (RuntimeException e) {
            LOG.error("Whether a page may come in could not be decided", e);
            return false;
        }
    }

    private Optional<CorsOptions> asked(CorsRule rule, String origin, HttpServerRequest request) {
        try {
            return rule.decide(origin, heads.apply(request));
        } catch (RuntimeException e) {
            LOG.error("Whether a page may come in could not be decided", e);
            return Optional.empty();
        }
    }

    /** Adds the CORS headers of every response, errors included. */
    static void mark(HttpServerRequest request, Verdict verdict) {
        String origin = ListHeader.joined(request.headers(), "Origin");
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

    /** Adds the further CORS headers of the response to a preflight. */
    static void markPreflight(HttpServerRequest request, Verdict verdict) {
        if (verdict.allowed() && request.getHeader("Origin") != null) {
            var cors = verdict.told();
            var response = request.response()
                    .putHeader("Access-Control-Allow-Methods", String.join(",", cors.methods()))
                    .putHeader("Access-Control-Max-Age", Long.toString(cors.maxAge().toSeconds()));
            String wanted = ListHeader.joined(request.headers(), "Access-Control-Request-Headers");
            if (!cors.allowedHeaders().isEmpty()) {
                response.putHeader("Access-Control-Allow-Headers", String.join(",", cors.allowedHeaders()));
            } else if (wanted != null) {
                response.putHeader("Access-Control-Allow-Headers", wanted);
                response.headers().add("Vary", "Access-Control-Request-Headers");
            }
        }
    }

    /**
     * Whether the page is on the host that its request is for. Behind a proxy nobody has to trust, neither scheme nor port of the public side
     * are known: then the default port of the page's own scheme is taken where {@code Host} names none. A page without TLS is never our own
     * where the request came with TLS: whoever can change the page on its way could act for its visitor.
     */
    private boolean isOwn(String origin, HttpServerRequest request) {
        var page = WebOrigin.parse(origin);
        if (page == null) {
            return false;
        }
        var forwarding = proxies.forwarding(request);
        if (!page.secure() && (request.isSSL() || forwarding.secure())) {
            return false;
        }
        String host = Authority.of(request);
        return isAt(page, host == null ? null : Authority.parse(host), forwarding.port())
                || isAt(page, forwarding.host(), forwarding.port());
    }

    /**
     * A proxy in front of the trusted one may have ended TLS, so that 80 may stand for 443; any other port that a trusted proxy names is
     * where the page must be.
     */
    private static boolean isAt(WebOrigin page, @Nullable Authority authority, int forwardedPort) {
        if (authority == null || !authority.host().equals(page.host())) {
            return false;
        }
        return page.port() == authority.port() || page.port() == forwardedPort || (authority.port() < 0
                && page.hasDefaultPort() && (forwardedPort < 0 || forwardedPort == WebOrigin.HTTP));
    }
}
