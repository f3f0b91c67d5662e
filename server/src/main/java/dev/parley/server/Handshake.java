package dev.parley.server;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The request that opened a session, and the auth object with which the client joined a namespace. Immutable. */
// A record could not keep the reader to itself.
public final class Handshake {
    private final Fields fields;
    private final AuthReader authReader;

    /**
     * Creates a handshake. The server does so; applications need it in tests only.
     *
     * @param headers by names in lower case; the values of a repeated header are joined with {@code ", "} ({@code "; "} for cookies), or
     *                only the first is kept if the header is no list; {@code host} also holds HTTP/2's {@code :authority}
     * @param query   the first 1 000 parameters, decoded; the first value of a repeated one, the raw text of one with a broken escape
     * @param address the client's IP address: that of the TCP peer, or the one that a trusted proxy reports
     * @param url     path and query as requested
     * @param time    wall clock time at which the session was opened
     * @param secure  whether the request came over TLS, to this server or to a trusted proxy
     * @param auth    the auth object as raw JSON; null when the client gave none
     */
    public Handshake(Map<String, String> headers, Map<String, String> query, String address, String url,
            Instant time, boolean secure, @Nullable String auth) {
        this(headers, query, address, url, time, secure, auth, LoadedProvider.INSTANCE.authReader());
    }

    /**
     * Creates a handshake whose auth object is read with the server's mapper. For the server.
     *
     * @param authReader reads {@code auth} for {@link #credentials(Class)}
     */
    public Handshake(Map<String, String> headers, Map<String, String> query, String address, String url,
            Instant time, boolean secure, @Nullable String auth, AuthReader authReader) {
        this.fields = new Fields(headers, query, address, url, time, secure, auth);
        this.authReader = authReader;
    }

    /** The headers of the request, by names in lower case; the values of a repeated header are one list. Unmodifiable. */
    public Map<String, String> headers() {
        return fields.headers;
    }

    /** The parameters of the request's query, decoded. Unmodifiable. */
    public Map<String, String> query() {
        return fields.query;
    }

    /** The client's IP address: that of the TCP peer, or the one that a trusted proxy reports. */
    public String address() {
        return fields.address;
    }

    /** The path and query of the request, not decoded. */
    public String url() {
        return fields.url;
    }

    /** The wall clock time at which the session was opened. */
    public Instant time() {
        return fields.time;
    }

    /** Returns whether the request came over TLS, to this server or to a trusted proxy. */
    public boolean secure() {
        return fields.secure;
    }

    /** The auth object with which the client joined the namespace, as raw JSON; null when it gave none. */
    public @Nullable String auth() {
        return fields.auth;
    }

    /** The value of a header of the request; empty when there is none. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(fields.headers.get(lowerCaseName));
    }

    /** The value of a parameter of the request's query; empty when there is none. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(fields.query.get(name));
    }

    /** Returns whether the request has an {@code Origin} header, as browsers send it from pages of another origin. */
    public boolean hasOrigin() {
        return fields.headers.containsKey("origin");
    }

    /** The auth object as a tree; empty when the client gave none. */
    public Optional<JsonNode> credentials() {
        return Optional.ofNullable(fields.auth).map(LoadedProvider.INSTANCE.authReader()::tree);
    }

    /**
     * Returns the auth object, converted to a class by the server's mapper ({@link ServerOptions.Builder#jsonMapper}); empty when the
     * client gave none. Middleware that lets the exception pass refuses the client.
     *
     * @throws ArgumentTypeException    when the object does not fit: an {@link IllegalArgumentException} that names the field and the expected
     *                                  type, and never the content
     * @throws IllegalArgumentException when Jackson cannot build such values at all
     */
    public <T> Optional<T> credentials(Class<T> type) {
        return fields.auth == null ? Optional.empty() : Optional.of(authReader.read(fields.auth, type));
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

    /** The values by which handshakes are compared. */
    private record Fields(Map<String, String> headers, Map<String, String> query, String address, String url,
            Instant time, boolean secure, @Nullable String auth) {
        private Fields {
            headers = Map.copyOf(headers);
            query = Map.copyOf(query);
        }
    }

    /** Reads auth objects with a JSON mapper. Implemented by the server. Safe from any thread. */
    public interface AuthReader {
        /** Returns an auth object as a tree. */
        JsonNode tree(String auth);

        /**
         * Returns an auth object, converted to a class.
         *
         * @throws ArgumentTypeException    when the object does not fit
         * @throws IllegalArgumentException when Jackson cannot build such values at all
         */
        <T> T read(String auth, Class<T> type);
    }
}
