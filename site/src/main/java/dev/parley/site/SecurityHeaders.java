package dev.parley.site;

import io.vertx.core.MultiMap;
import java.util.List;

/** The security headers of every response. Immutable; thread-safe. */
final class SecurityHeaders {

    /** The page loads resources from its own origin only, and runs no inline script. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
            + "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors ";

    /** The check connects to a server of any origin, which its user names. */
    private static final String CHECK = "; connect-src http: https: ws: wss:";

    private final String policy;
    private final boolean framed;

    /** @param ancestors the origins whose pages may show this one in a frame */
    SecurityHeaders(List<String> ancestors) {
        this.framed = !ancestors.isEmpty();
        this.policy = POLICY + (framed ? String.join(" ", ancestors) : "'none'");
    }

    void putOn(MultiMap headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        if (!framed) { // it knows no list of origins
            headers.set("X-Frame-Options", "DENY");
        }
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Content-Security-Policy", policy);
        headers.set("Permissions-Policy", "microphone=(self), camera=(), geolocation=()");
    }

    /** Replaces the policy by that of the page below {@code /check}. */
    void putCheckPolicy(MultiMap headers) {
        headers.set("Content-Security-Policy", policy + CHECK);
    }
}
