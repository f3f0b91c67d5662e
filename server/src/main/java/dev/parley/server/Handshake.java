package dev.parley.server;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The request with which a client came, and what it said about itself when it joined the namespace.
 *
 * @param headers names in lower case; a repeated header is one list with {@code ", "} between ({@code "; "} for cookies), of one
 *                whose value is no list the first value; {@code host} is also that of HTTP/2's {@code :authority}
 * @param query   decoded, the first 1 000 parameters; of a repeated one the first value, of one with a broken escape the text as it is
 * @param address of the client: the peer as the socket sees it, or what a trusted proxy says
 * @param url     path and query as requested
 * @param time    when the session was opened
 * @param secure  whether the request came over TLS, to us or to a trusted proxy
 * @param auth    the JSON object given to join, raw; absent when none was given
 */
public record Handshake(Map<String, String> headers, Map<String, String> query, String address, String url,
        Instant time, boolean secure, @Nullable String auth) {
    public Handshake {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
    }

    /** A header of the request. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** A parameter of the request's query. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** Whether a page made the request that says where it comes from, which browsers do when it is another site's. */
    public boolean hasOrigin() {
        return headers.containsKey("origin");
    }

    /** The credentials as a tree, when there are any. */
    public Optional<JsonNode> credentials() {
        return Optional.ofNullable(auth).map(Json.DEFAULT::tree);
    }

    Handshake withAuth(@Nullable String json) {
        return json == null && auth == null ? this
                : new Handshake(headers, query, address, url, time, secure, json);
    }
}
