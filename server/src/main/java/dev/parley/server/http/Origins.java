package dev.parley.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether the page that makes a request may make it, and the headers that let its browser read the answer. Requests without an {@code
 * Origin} come from our own pages or from no browser, and may.
 */
record Origins(Set<String> named, Predicate<String> more) {
    private static final String METHODS = "GET,POST,OPTIONS";
    private static final String HEADERS = "Content-Type,Authorization,X-Requested-With,Accept,Origin";
    private static final String MAX_AGE = "600";

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
            headers.set("Access-Control-Allow-Credentials", "true");
        }
    }

    void answerPreflight(HttpServerRequest request) {
        if (allows(request) && request.getHeader("Origin") != null) {
            request.response()
                    .putHeader("Access-Control-Allow-Methods", METHODS)
                    .putHeader("Access-Control-Allow-Headers", HEADERS)
                    .putHeader("Access-Control-Max-Age", MAX_AGE);
        }
        Answers.ignore(request.response().setStatusCode(204).end());
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
