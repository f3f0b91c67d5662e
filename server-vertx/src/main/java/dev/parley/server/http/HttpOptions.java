package dev.parley.server.http;

import dev.parley.server.HttpEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What can be set about a server's HTTP side, beyond {@link dev.parley.server.ServerOptions}. Immutable; made by its {@link Builder}. */
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
    }

    /** All as it is by default. */
    public static HttpOptions defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The cookie that names a polling session; none by default. */
    public Optional<SessionCookie> cookie() {
        return Optional.ofNullable(cookie);
    }

    /**
     * From how many bytes on the answer to a poll, or a file of the client script, is compressed for a client that takes it; 1024 by default,
     * empty for never.
     */
    public OptionalInt httpCompression() {
        return httpCompression == null ? OptionalInt.empty() : OptionalInt.of(httpCompression);
    }

    /** From how many bytes on a WebSocket message is compressed for a client that offers it; empty, for never, by default. */
    public OptionalInt perMessageDeflate() {
        return perMessageDeflate == null ? OptionalInt.empty() : OptionalInt.of(perMessageDeflate);
    }

    /** Chooses one of the WebSocket subprotocols that a client offers; the first one by default. */
    public Function<List<String>, Optional<String>> subprotocol() {
        return subprotocol;
    }

    /** Decides whether a client may open a session; empty, so that all valid handshakes are accepted, by default. */
    public Optional<HandshakeFilter> allowRequest() {
        return Optional.ofNullable(allowRequest);
    }

    /** How long the body of a POST may take from its first bytes to its last, before it is answered 408; 30 s by default. */
    public Duration bodyTimeout() {
        return bodyTimeout;
    }

    /** How long the network may take to take an answer to a poll, before its connection is closed and its session ends; 60 s by default. */
    public Duration answerTimeout() {
        return answerTimeout;
    }

    /** Whose {@code X-Forwarded-…} and {@code Forwarded} headers are believed; nobody's by default. */
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

    /** Those who see every request first, in their order. */
    public List<RequestMiddleware> middlewares() {
        return middlewares;
    }

    /** Those who add headers to the answer to a handshake, in their order. */
    public List<HeadersHook> initialHeaders() {
        return initialHeaders;
    }

    /** Those who add headers to every answer, in their order. */
    public List<HeadersHook> headers() {
        return headers;
    }

    /** Whether the path answers with its slash at the end only, as by default; otherwise it does without too. */
    public boolean addTrailingSlash() {
        return addTrailingSlash;
    }

    /** Collects the settings. Not thread-safe. */
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

        private Builder() {}

        /** Sets a cookie that names a polling session, for balancers that go by it. None by default. */
        public Builder cookie(SessionCookie value) {
            cookie = value;
            return this;
        }

        /** From how many bytes on the answer to a poll, or a file of the client script, is compressed for a client that takes it. 1024 by default. */
        public Builder httpCompression(int threshold) {
            httpCompression = notNegative(threshold, "httpCompression");
            return this;
        }

        /** Compresses no answer. */
        public Builder noHttpCompression() {
            httpCompression = null;
            return this;
        }

        /** From how many bytes on a WebSocket message is compressed for a client that offers it. Never by default: it costs time and memory. */
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
         * Adds one who sees every request first, behind those added before; of preflights, only those that {@link
         * dev.parley.server.CorsOptions#preflightContinue} lets on.
         */
        public Builder use(RequestMiddleware middleware) {
            middlewares.add(middleware);
            return this;
        }

        /** Adds one who adds headers to the answer to a handshake, behind those added before. */
        public Builder onInitialHeaders(HeadersHook hook) {
            initialHeaders.add(hook);
            return this;
        }

        /** Adds one who adds headers to every answer, preflights too, behind those added before. */
        public Builder onHeaders(HeadersHook hook) {
            headers.add(hook);
            return this;
        }

        /** Whether the path answers with its slash at the end only. Yes by default; otherwise it does without too. */
        public Builder addTrailingSlash(boolean value) {
            addTrailingSlash = value;
            return this;
        }

        /**
         * How long the body of a POST may take.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder bodyTimeout(Duration value) {
            bodyTimeout = positive(value, "bodyTimeout");
            return this;
        }

        /**
         * How long the network may take to take an answer to a poll; then the client reads too slowly or not at all, the connection is closed
         * and the session ends with {@code transport error}. Until then the answer counts towards {@code maxQueuedBytes}. A file of the
         * client script may take as long.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder answerTimeout(Duration value) {
            answerTimeout = positive(value, "answerTimeout");
            return this;
        }

        /** The proxies whose word about the client's address, scheme, host and port is taken. */
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

        /** What has been set. */
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
