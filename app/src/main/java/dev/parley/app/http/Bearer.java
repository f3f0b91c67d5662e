package dev.parley.app.http;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The token that a program shows as {@code Authorization: Bearer TOKEN} (RFC 6750). */
final class Bearer {

    private static final String SCHEME = "Bearer ";

    private Bearer() {}

    /** Whether the request shows this token; compared in constant time, so that it cannot be found letter by letter. */
    static boolean shows(HttpServerRequest request, String token) {
        String given = request.getHeader("Authorization");
        return given != null && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8));
    }
}
