package dev.parley.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether the page that makes a request may make it, and the headers that let its browser read the answer. Requests without an {@code
 * Origin} come from our own pages or from no browser, and may.
 */
record Origins(Set<String> named, Predicate<String> more, CorsOptions cors) {
    boolean allows(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null && !RequestCheck.jsonp(request).isEmpty()) {
            return allowsScript(request);
        }
        return origin == null || allowed(origin, request);
    }

    /** A script element says where it stands in other headers, and any page could read the answer. */
    private boolean allowsScript(HttpServerRequest request) {
        String page = request.getHeader("Referer");
        if (page == null) {
            return !"cross-site".equals(request.getHeader("Sec-Fetch-Site"));
        }
        int path = page.indexOf('/', page.indexOf("://") + 3);
        String origin = path < 0 ? page : page.substring(0, path);
        return allowed(origin, request);
    }

    private boolean allowed(String origin, HttpServerRequest request) {
        return named.contains(origin) || isOwn(origin, request) || more.test(origin);
    }

    /** Adds what the browser wants to see on any answer, errors too, to a request that {@link #allows} accepted. */
    void mark(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        MultiMap headers = request.response().headers();
        headers.add("Vary", "Origin");
        if (origin != null && allows(request)) {
            headers.set("Access-Control-Allow-Origin", origin);
            if (cors.credentials()) {
                headers.set("Access-Control-Allow-Credentials", "true");
            }
            if (!cors.exposedHeaders().isEmpty()) {
                headers.set("Access-Control-Expose-Headers", String.join(",", cors.exposedHeaders()));
            }
        }
    }

    void answerPreflight(HttpServerRequest request) {
        if (allows(request) && request.getHeader("Origin") != null) {
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
        Answers.status(request.response(), cors.preflightStatus());
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
