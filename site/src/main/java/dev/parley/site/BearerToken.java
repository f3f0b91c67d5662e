package dev.parley.site;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Checks the token in the header {@code Authorization: Bearer TOKEN} (RFC 6750). */
final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /** Returns whether the request has a token of this kind. */
    static boolean isIn(HttpServerRequest request) {
        return of(request).isPresent();
    }

    /** Returns the token of the request; empty if it has none. */
    static Optional<String> of(HttpServerRequest request) {
        String given = request.getHeader("Authorization");
        return given != null && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(given.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    /** Returns whether the request has this token. Compares in constant time, so that it cannot be guessed letter by letter. */
    static boolean matches(HttpServerRequest request, String token) {
        return of(request).filter(given -> MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8),
                token.getBytes(StandardCharsets.UTF_8))).isPresent();
    }
}
