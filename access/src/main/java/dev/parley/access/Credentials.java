package dev.parley.access;

import dev.parley.server.Handshake;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What a request shows of its visitor, over HTTP or in the handshake of a socket. Untrusted until an {@link Authenticator} has read it.
 *
 * @param address the client's IP address, behind trusted proxies the one that they report
 * @param cookie  the value of the visitor's cookie
 * @param user    whom the header of a trusted proxy names
 * @param token   of {@code Authorization: Bearer}, or {@code auth.token} of a socket, which goes first
 */
public record Credentials(String address, Optional<String> cookie, Optional<String> user,
        Optional<String> token) {

    /** The name of the visitor's cookie. */
    public static final String COOKIE = "parley_visitor";

    private static final String BEARER = "Bearer ";
    private static final int LONGEST_TOKEN = 8_000;

    /** Returns the credentials of a request with these headers; {@code header} gives the value of one, by its name in lower case. */
    static Credentials of(Function<String, Optional<String>> header, String address) {
        return new Credentials(address, header.apply("cookie").flatMap(Credentials::cookie), Optional.empty(),
                header.apply("authorization").flatMap(Credentials::bearer));
    }

    /** Returns the credentials of a socket. */
    static Credentials of(Handshake handshake) {
        var head = of(handshake::header, handshake.address());
        Optional<String> token = handshake.credentials()
                .filter(JsonNode::isObject)
                .map(auth -> auth.path("token").asString(""))
                .filter(Credentials::acceptable);
        return new Credentials(head.address, head.cookie, Optional.empty(), token.or(head::token));
    }

    /** Returns these credentials with the user whom a proxy names. */
    Credentials withUser(Optional<String> named) {
        return new Credentials(address, cookie, named, token);
    }

    /** Returns these credentials with another token, which a client shows later. */
    public Credentials withToken(String newer) {
        return new Credentials(address, cookie, user, Optional.of(newer).filter(Credentials::acceptable));
    }

    private static boolean acceptable(String token) {
        return !token.isEmpty() && token.length() <= LONGEST_TOKEN;
    }

    private static Optional<String> bearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                        .filter(Credentials::acceptable)
                : Optional.empty();
    }

    /** Reads the header {@code Cookie} (RFC 6265, section 5.4). */
    private static Optional<String> cookie(String header) {
        for (String pair : header.split(";", -1)) {
            String text = pair.strip();
            if (text.startsWith(COOKIE + "=")) {
                return Optional.of(text.substring(COOKIE.length() + 1));
            }
        }
        return Optional.empty();
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "Credentials[address=" + address + "]";
    }
}
