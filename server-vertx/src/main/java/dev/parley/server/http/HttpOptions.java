package dev.parley.server.http;

import dev.parley.server.HttpEngine;
import dev.parley.server.http.connection.ConnectionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Options of the HTTP engine, beside {@link dev.parley.server.ServerOptions}. Immutable; created by its {@link Builder}. */
public final class HttpOptions implements HttpEngine.Options {
    private final @Nullable SessionCookie cookie;
    private final @Nullable Integer httpCompression;
    private final @Nullable Integer perMessageDeflate;
    private final Function<List<String>, Optional<String>> subprotocol;
    private final @Nullable HandshakeFilter allowRequest;
    private final List<RequestMiddleware> middlewares;
    private final List<HeadersHook> initialHeaders;
    private final List<HeadersHook> headers;
    private final boolean addTrailingSlash;
    private final Duration bodyTimeout;
    private final Duration answerTimeout;
    private final TrustedProxies trustedProxies;
    private final int maxRequestLine;
    private final int maxHeaders;
    private final ConnectionLimits connections;
    private final int maxPacketRate;
    private final Function<String, Optional<Duration>> handshakeLimit;

    private HttpOptions(Builder from) {
        cookie = from.cookie;
        httpCompression = from.httpCompression;
        perMessageDeflate = from.perMessageDeflate;
        subprotocol = from.subprotocol;
        allowRequest = from.allowRequest;
        middlewares = List.copyOf(from.middlewares);
        initialHeaders = List.copyOf(from.initialHeaders);
        headers = List.copyOf(from.headers);
        addTrailingSlash = from.addTrailingSlash;
        bodyTimeout = from.bodyTimeout;
        answerTimeout = from.answerTimeout;
        trustedProxies = from.trustedProxies;
        maxRequestLine = from.maxRequestLine;
        maxHeaders = from.maxHeaders;
        connections = from.connections;
        maxPacketRate = from.maxPacketRate;
        handshakeLimit = from.handshakeLimit;
    }

    /** Returns the defaults. */
    public static HttpOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The cookie that names a polling session. Default: none. */
    public Optional<SessionCookie> cookie() {
        return Optional.ofNullable(cookie);
    }

    /** Minimum size of a poll response, or of a file of the client script, that is compressed, in bytes; empty for never. Default: 1024. */
    public OptionalInt httpCompression() {
        return httpCompression == null ? OptionalInt.empty() : OptionalInt.of(httpCompression);
    }

    /** Minimum size of a WebSocket message that is compressed, in bytes; empty for never. Default: empty. */
    public OptionalInt perMessageDeflate() {
        return perMessageDeflate == null ? OptionalInt.empty() : OptionalInt.of(perMessageDeflate);
    }

    /** Chooses one of the WebSocket subprotocols that a client offers. Default: the first one. */
    public Function<List<String>, Optional<String>> subprotocol() {
        return subprotocol;
    }

    /** Decides whether a client may open a session. Default: empty, all valid handshakes are accepted. */
    public Optional<HandshakeFilter> allowRequest() {
        return Optional.ofNullable(allowRequest);
    }

    /** Maximum time of the body of a POST, from its first bytes to its last. Default: 30 s. */
    public Duration bodyTimeout() {
        return bodyTimeout;
    }

    /** Maximum time until a poll response has been flushed. Default: 60 s. */
    public Duration answerTimeout() {
        return answerTimeout;
    }

    /** Proxies whose {@code X-Forwarded-…} and {@code Forwarded} headers are trusted. Default: none. */
    public TrustedProxies trustedProxies() {
        return trustedProxies;
    }

    /** Maximum size of a request line, with method, path and query, in bytes. Default: 16 384. Longer ones get 414. */
    public int maxRequestLine() {
        return maxRequestLine;
    }

    /** Maximum size of all headers of a request together, in bytes. Default: 32 768. More get 431. */
    public int maxHeaders() {
        return maxHeaders;
    }

    /** Packets of a WebSocket that are read in a second, each KB counted as one more; 0 is without limit. Default: 0. */
    public int maxPacketRate() {
        return maxPacketRate;
    }

    /** The limits of the connections. */
    ConnectionLimits connections() {
        return connections;
    }

    /** Says of an address how long its next handshake has to wait; empty if it need not. Default: never. */
    public Function<String, Optional<Duration>> handshakeLimit() {
        return handshakeLimit;
    }

    /** Middleware for every request, in the order of its calls. */
    public List<RequestMiddleware> middlewares() {
        return middlewares;
    }

    /** Hooks that add headers to the response to a handshake, in the order of their calls. */
    public List<HeadersHook> initialHeaders() {
        return initialHeaders;
    }

    /** Hooks that add headers to every response, in the order of their calls. */
    public List<HeadersHook> headers() {
        return headers;
    }

    /** Returns whether the path is served only with its slash at the end. Default: yes. */
    public boolean addTrailingSlash() {
        return addTrailingSlash;
    }

    /** Collects the options. Not thread-safe. */
    public static final class Builder {
        private static final int COMPRESSION_THRESHOLD = 1024;

        private @Nullable SessionCookie cookie;
        private @Nullable Integer httpCompression = COMPRESSION_THRESHOLD;
        private @Nullable Integer perMessageDeflate;
        private Function<List<String>, Optional<String>> subprotocol = offered -> offered.stream()
                .findFirst();
        private @Nullable HandshakeFilter allowRequest;
        private final List<RequestMiddleware> middlewares = new ArrayList<>();
        private final List<HeadersHook> initialHeaders = new ArrayList<>();
        private final List<HeadersHook> headers = new ArrayList<>();
        private boolean addTrailingSlash = true;
        private Duration bodyTimeout = Duration.ofSeconds(30);
        private Duration answerTimeout = Duration.ofSeconds(60);
        private TrustedProxies trustedProxies = TrustedProxies.NONE;
        private int maxRequestLine = 16_384;
        private int maxHeaders = 32_768;
        private ConnectionLimits connections = ConnectionLimits.defaults();
        private int maxPacketRate;
        private Function<String, Optional<Duration>> handshakeLimit = address -> Optional.empty();

        private Builder() {}

        /** Cookie that names a polling session, for load balancers that route by it. Default: none. */
        public Builder cookie(SessionCookie value) {
            cookie = value;
            return this;
        }

        /**
         * Minimum size of a poll response, or of a file of the client script, in bytes, that is compressed if the client accepts it.
         * Default: 1024.
         */
        public Builder httpCompression(int threshold) {
            httpCompression = notNegative(threshold, "httpCompression");
            return this;
        }

        /** Disables the compression of responses. */
        public Builder noHttpCompression() {
            httpCompression = null;
            return this;
        }

        /**
         * Minimum size of a WebSocket message, in bytes, that is compressed if the client offers it. Default: never, since it costs time
         * and memory.
         */
        public Builder perMessageDeflate(int threshold) {
            perMessageDeflate = notNegative(threshold, "perMessageDeflate");
            return this;
        }

        /**
         * Chooses the WebSocket subprotocol (RFC 6455, section 1.9) from those that a client offers, in the client's order. Default: the first
         * one. Called on event loops, when at least one is offered; must not block. If it returns an empty value, a name that was not offered,
         * or throws, the response names none, and browsers then close the WebSocket.
         */
        public Builder subprotocol(Function<List<String>, Optional<String>> rule) {
            subprotocol = rule;
            return this;
        }

        /** Decides on each handshake whether the client may open a session. Default: all valid handshakes are accepted. */
        public Builder allowRequest(HandshakeFilter filter) {
            allowRequest = filter;
            return this;
        }

        /**
         * Adds middleware that is called with every request before the server, after those added before. Preflights reach it only with
         * {@link dev.parley.server.CorsOptions#preflightContinue}.
         */
        public Builder use(RequestMiddleware middleware) {
            middlewares.add(middleware);
            return this;
        }

        /** Adds a hook that adds headers to the response to a handshake, after those added before. */
        public Builder onInitialHeaders(HeadersHook hook) {
            initialHeaders.add(hook);
            return this;
        }

        /** Adds a hook that adds headers to every response, including those to preflights, after those added before. */
        public Builder onHeaders(HeadersHook hook) {
            headers.add(hook);
            return this;
        }

        /** Returns whether the path is served only with its slash at the end. Default: yes. Otherwise it is served without the slash too. */
        public Builder addTrailingSlash(boolean value) {
            addTrailingSlash = value;
            return this;
        }

        /**
         * Maximum time of the body of a POST, from its first bytes to its last. Default: 30 s. Then the request gets status 408.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder bodyTimeout(Duration value) {
            bodyTimeout = positive(value, "bodyTimeout");
            return this;
        }

        /**
         * Maximum time until a poll response has been flushed. Default: 60 s. Then the client reads too slowly or not at all: the
         * connection is closed and the session ends with {@code transport error}. Until then the response counts towards {@code
         * maxQueuedBytes}. The timeout also holds for files of the client script.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder answerTimeout(Duration value) {
            answerTimeout = positive(value, "answerTimeout");
            return this;
        }

        /** Proxies whose headers about the client's address, scheme, host and port are trusted. Default: none. */
        public Builder trustedProxies(TrustedProxies value) {
            trustedProxies = value;
            return this;
        }

        /**
         * Maximum size of a request line, in bytes. Longer ones get 414, with CORS headers up to twice the limit. Needs an HTTP server whose
         * decoder lets as much through: see {@link SocketIoHttp#serverOptions}.
         *
         * @throws IllegalArgumentException if it is not from 256 to 1 048 576
         */
        public Builder maxRequestLine(int bytes) {
            maxRequestLine = size(bytes, "maxRequestLine");
            return this;
        }

        /**
         * Maximum size of all headers of a request together, in bytes. More get 431, with CORS headers up to twice the limit. The headers are
         * kept with each session. Needs an HTTP server whose decoder lets as much through: see {@link SocketIoHttp#serverOptions}.
         *
         * @throws IllegalArgumentException if it is not from 256 to 1 048 576
         */
        public Builder maxHeaders(int bytes) {
            maxHeaders = size(bytes, "maxHeaders");
            return this;
        }

        /**
         * Maximum number of connections of one IP address (of IPv6, one /64) that is no trusted proxy; further ones are closed. Default: 0, no limit.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxConnectionsPerAddress(int most) {
            connections = connections.withPerAddress(most);
            return this;
        }

        /**
         * Timeouts of connections that wait for a request. These and the number of connections hold where the server listens by itself, or by {@link
         * SocketIoHttp#listen(io.vertx.core.Vertx, io.vertx.core.http.HttpServerOptions, HttpOptions, io.vertx.core.Handler,
         * dev.parley.server.ListenOptions, Duration)}.
         *
         * @param head      maximum time of a request's head, from the opening of the connection or the first byte of the head; then 408. Default: 10 s
         * @param idle      maximum time between two requests of a client. Default: 15 s
         * @param proxyIdle the same of a trusted proxy, which must close idle connections earlier. Default: 75 s
         * @throws IllegalArgumentException if one is not positive
         */
        public Builder connectionTimeouts(Duration head, Duration idle, Duration proxyIdle) {
            connections = connections.withTimeouts(head, idle, proxyIdle);
            return this;
        }

        /**
         * Packets of a WebSocket that are read in a second, each KB counted as one more; two seconds of them may come at once. What comes faster is read
         * later, so that it cannot slow other clients down. Default: 0, without limit.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxPacketRate(int perSecond) {
            maxPacketRate = notNegative(perSecond, "maxPacketRate");
            return this;
        }

        /**
         * Limits the handshakes of each client. Called on event loops with the client's address, for each handshake that is otherwise valid; must not
         * block. If it returns a time, the handshake gets status 429, and the time as {@code Retry-After}.
         */
        public Builder limitHandshakes(Function<String, Optional<Duration>> limit) {
            handshakeLimit = limit;
            return this;
        }

        /** Returns the options. */
        public HttpOptions build() {
            return new HttpOptions(this);
        }

        private static Duration positive(Duration value, String name) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException(name + " must be positive, and is " + value);
            }
            return value;
        }

        private static int size(int bytes, String name) {
            if (bytes < 256 || bytes > 1_048_576) {
                throw new IllegalArgumentException(
                        name + " must be from 256 to 1048576 bytes, and is " + bytes);
            }
            return bytes;
        }

        private static int notNegative(int threshold, String name) {
            if (threshold < 0) {
                throw new IllegalArgumentException(name + " must not be negative, and is " + threshold);
            }
            return threshold;
        }
    }
}
