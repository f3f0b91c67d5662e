package dev.parley.server;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The request with which a client came, and the auth object that it gave when it joined the namespace. Immutable; any thread. */
// A record could not keep the mapper to itself.
public final class Handshake {
    private final Fields fields;
    private final Json mapper;

    /**
     * A handshake.
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
    public Handshake(Map<String, String> headers, Map<String, String> query, String address, String url,
            Instant time, boolean secure, @Nullable String auth) {
        this(new Fields(headers, query, address, url, time, secure, auth), Json.DEFAULT);
    }

    private Handshake(Fields fields, Json mapper) {
        this.fields = fields;
        this.mapper = mapper;
    }

    /** The headers of the request: names in lower case, a repeated header as one list. */
    public Map<String, String> headers() {
        return fields.headers;
    }

    /** The parameters of the request's query, decoded. */
    public Map<String, String> query() {
        return fields.query;
    }

    /** The address of the client: the peer as the socket sees it, or what a trusted proxy says. */
    public String address() {
        return fields.address;
    }

    /** Path and query as requested. */
    public String url() {
        return fields.url;
    }

    /** The time at which the session was opened. */
    public Instant time() {
        return fields.time;
    }

    /** Whether the request came over TLS, to us or to a trusted proxy. */
    public boolean secure() {
        return fields.secure;
    }

    /** The auth object that the client gave to join the namespace, as raw JSON; null when it gave none. */
    public @Nullable String auth() {
        return fields.auth;
    }

    /** A header of the request. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(fields.headers.get(lowerCaseName));
    }

    /** A parameter of the request's query. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(fields.query.get(name));
    }

    /** Whether a page made the request that says where it comes from, which browsers do when it is another site's. */
    public boolean hasOrigin() {
        return fields.headers.containsKey("origin");
    }

    /** The auth object as a tree; empty when the client gave none. */
    public Optional<JsonNode> credentials() {
        return Optional.ofNullable(fields.auth).map(Json.DEFAULT::tree);
    }

    /**
     * The auth object as a value of a class, built by the server's own mapper ({@link ServerOptions.Builder#jsonMapper}) if it has one;
     * empty when the client gave none. Thrown out of a middleware, the exception refuses the client.
     *
     * @throws ArgumentTypeException    when it does not fit: an {@link IllegalArgumentException} that names the field and the expected type,
     *                                  and never the content
     * @throws IllegalArgumentException when Jackson cannot build such values at all
     */
    public <T> Optional<T> credentials(Class<T> type) {
        if (fields.auth == null) {
            return Optional.empty();
        }
        JsonNode tree;
        try {
            tree = mapper.tree(fields.auth);
        } catch (JacksonException e) {
            throw ArgumentTypeException.unreadable("auth");
        }
        return Optional.of(Conversion.value(mapper, tree, type, () -> "auth"));
    }

    /** Characters of the headers, the query and the URL. */
    long weight() {
        return weight(fields.headers) + weight(fields.query) + fields.url.length();
    }

    private static long weight(Map<String, String> all) {
        long sum = 0;
        for (var entry : all.entrySet()) {
            sum += entry.getKey().length() + entry.getValue().length();
        }
        return sum;
    }

    Handshake withAuth(@Nullable String json, Json ofServer) {
        return new Handshake(new Fields(fields.headers, fields.query, fields.address, fields.url, fields.time,
                fields.secure, json), ofServer);
    }

    /** As JSON, for other servers of the cluster. */
    String toJson() {
        return Json.DEFAULT.write(fields);
    }

    /** From {@link #toJson}. */
    static Handshake ofJson(String json, Json ofServer) {
        return new Handshake(
                Conversion.value(Json.DEFAULT, Json.DEFAULT.tree(json), Fields.class, () -> "handshake"),
                ofServer);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Handshake handshake && fields.equals(handshake.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Omits headers, query and auth, which hold secrets. */
    @Override
    public String toString() {
        return "Handshake[address=" + fields.address + ", time=" + fields.time + ", secure=" + fields.secure
                + "]";
    }

    /** All of it but the mapper. */
    private record Fields(Map<String, String> headers, Map<String, String> query, String address, String url,
            Instant time, boolean secure, @Nullable String auth) {
        private Fields {
            headers = Map.copyOf(headers);
            query = Map.copyOf(query);
        }
    }
}
