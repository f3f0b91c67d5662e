package dev.parley.app.http;

import io.vertx.core.MultiMap;

/** The security headers of every response. */
final class SecurityHeaders {

    /** The page loads resources from its own origin only, and runs no inline script. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
            + "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The check connects to a server of any origin, which its user names. */
    private static final String CHECK = POLICY + "; connect-src http: https: ws: wss:";

    private SecurityHeaders() {}

    static void putOn(MultiMap headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Content-Security-Policy", POLICY);
        headers.set("Permissions-Policy", "microphone=(self), camera=(), geolocation=()");
    }

    /** Replaces the policy by that of the page below {@code /check}. */
    static void putCheckPolicy(MultiMap headers) {
        headers.set("Content-Security-Policy", CHECK);
    }
}
