package dev.parley.server;

import dev.parley.protocol.Durations;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.SocketParser;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.InMemoryAdapter;
import dev.parley.server.adapter.RecoveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Options of a server, all with defaults. Immutable. Created with {@link #builder}, whose methods explain each option, its unit and its
 * default. Do not call the constructor: it gets a parameter for each new option.
 */
public record ServerOptions(String path, List<TransportKind> transports, boolean allowUpgrades,
        Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout, Duration connectTimeout,
        Duration ackTimeout, Duration slowHandler, Duration sendTimeout, int maxHttpBufferSize,
        long maxQueuedBytes, long highWaterMark, long maxOutgoingSize, long memoryBudget, int maxSessions,
        int maxPacketsPerPayload, int maxAttachments, int maxJsonDepth, int maxPendingAcks,
        int maxPendingEvents, CorsOptions cors, boolean serveClient, String nodeTag, int maxRoomsPerSocket,
        int maxNamespaces, boolean cleanupEmptyChildNamespaces, Adapter.Factory adapter,
        Optional<RecoveryOptions> connectionStateRecovery, SocketParser parser, boolean allowEIO3,
        Optional<SessionIdGenerator> sessionIds, Optional<EnginePacket> initialPacket,
        Optional<JsonMapper> jsonMapper) {
    private static final long DIRECT_SHARE = 32_000_000;

    /**
     * Checks the options and copies them.
     *
     * @throws IllegalArgumentException when an option is out of its range
     */
    public ServerOptions {
        connectTimeout = Durations.bounded(connectTimeout);
        ackTimeout = Durations.bounded(ackTimeout);
        path = "/" + strip(path) + "/";
        transports = List.copyOf(transports);
        require(!path.equals("//"), "path must not be empty");
        require(!transports.isEmpty(), "transports must not be empty");
        positive("pingInterval", pingInterval);
        positive("pingTimeout", pingTimeout);
        positive("upgradeTimeout", upgradeTimeout);
        positive("connectTimeout", connectTimeout);
        positive("ackTimeout", ackTimeout);
        positive("slowHandler", slowHandler);
        positive("maxHttpBufferSize", maxHttpBufferSize);
        positive("maxQueuedBytes", maxQueuedBytes);
        positive("sendTimeout", sendTimeout);
        positive("maxOutgoingSize", maxOutgoingSize);
        positive("memoryBudget", memoryBudget);
        require(highWaterMark > 0 && highWaterMark <= maxQueuedBytes,
                "highWaterMark must be positive and at most maxQueuedBytes, and is " + highWaterMark);
        positive("maxSessions", maxSessions);
        positive("maxPacketsPerPayload", maxPacketsPerPayload);
        require(maxAttachments >= 0, "maxAttachments must not be negative, and is " + maxAttachments);
        positive("maxJsonDepth", maxJsonDepth);
        positive("maxPendingAcks", maxPendingAcks);
        positive("maxPendingEvents", maxPendingEvents);
        positive("maxRoomsPerSocket", maxRoomsPerSocket);
        positive("maxNamespaces", maxNamespaces);
        require(nodeTag.matches("[A-Za-z0-9]{1,16}"), "nodeTag must be 1 to 16 letters and digits");
        initialPacket.ifPresent(packet -> require(
                packet instanceof EnginePacket.Message || packet instanceof EnginePacket.Binary,
                "initialPacket must be a message"));
    }

    /** Origins of pages of other hosts or ports that may connect: {@link CorsOptions#allowedOrigins} of {@link #cors}. */
    public Set<String> allowedOrigins() {
        return cors.allowedOrigins();
    }

    /** Returns the defaults. */
    public static ServerOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        var builder = new Builder();
        builder.path = path;
        builder.transports = transports;
        builder.allowUpgrades = allowUpgrades;
        builder.pingInterval = pingInterval;
        builder.pingTimeout = pingTimeout;
        builder.upgradeTimeout = upgradeTimeout;
        builder.connectTimeout = connectTimeout;
        builder.ackTimeout = ackTimeout;
        builder.slowHandler = slowHandler;
        builder.maxHttpBufferSize = maxHttpBufferSize;
        builder.maxQueuedBytes = maxQueuedBytes;
        builder.highWaterMark = highWaterMark == Math.max(1, maxQueuedBytes / 4) ? null : highWaterMark;
        builder.sendTimeout = sendTimeout;
        builder.maxOutgoingSize = maxOutgoingSize;
        builder.memoryBudget = memoryBudget;
        builder.maxSessions = maxSessions;
        builder.maxPacketsPerPayload = maxPacketsPerPayload;
        builder.maxAttachments = maxAttachments;
        builder.maxJsonDepth = maxJsonDepth;
        builder.maxPendingAcks = maxPendingAcks;
        builder.maxPendingEvents = maxPendingEvents;
        builder.cors = cors;
        builder.serveClient = serveClient;
        builder.nodeTag = nodeTag;
        builder.maxRoomsPerSocket = maxRoomsPerSocket;
        builder.maxNamespaces = maxNamespaces;
        builder.cleanupEmptyChildNamespaces = cleanupEmptyChildNamespaces;
        builder.adapter = adapter;
        builder.connectionStateRecovery = connectionStateRecovery.orElse(null);
        builder.parser = parser;
        builder.allowEIO3 = allowEIO3;
        builder.sessionIds = sessionIds.orElse(null);
        builder.initialPacket = initialPacket.orElse(null);
        builder.jsonMapper = jsonMapper.orElse(null);
        return builder;
    }

    private static long defaultBudget() {
        long heap = Runtime.getRuntime().maxMemory();
        return heap / 4 + Math.min(DIRECT_SHARE, heap / 8);
    }

    private static String strip(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    private static void positive(String option, Duration value) {
        require(value.isPositive(), option + " must be positive, and is " + value);
    }

    private static void positive(String option, long value) {
        require(value > 0, option + " must be positive, and is " + value);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Collects options. Not thread-safe; may be used again after {@link #build}. */
    public static final class Builder {
        private String path = "/socket.io/";
        private List<TransportKind> transports = List.of(TransportKind.POLLING, TransportKind.WEBSOCKET);
        private boolean allowUpgrades = true;
        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration pingTimeout = Duration.ofSeconds(60);
        private Duration upgradeTimeout = Duration.ofSeconds(30);
        private Duration connectTimeout = Duration.ofSeconds(45);
        private Duration ackTimeout = Duration.ofSeconds(20);
        private Duration slowHandler = Duration.ofSeconds(1);
        private int maxHttpBufferSize = 1_000_000;
        private long maxQueuedBytes = 4_000_000;
        private @Nullable Long highWaterMark;
        private Duration sendTimeout = Duration.ofSeconds(30);
        private long maxOutgoingSize = 64_000_000;
        private long memoryBudget = defaultBudget();
        private int maxSessions = 20_000;
        private int maxPacketsPerPayload = 20_000;
        private int maxAttachments = 64;
        private int maxJsonDepth = 128;
        private int maxPendingAcks = 1_000;
        private int maxPendingEvents = 20_000;
        private CorsOptions cors = CorsOptions.defaults();
        private boolean serveClient = true;
        private String nodeTag = "0";
        private int maxRoomsPerSocket = 1_000;
        private int maxNamespaces = 10_000;
        private boolean cleanupEmptyChildNamespaces;
        private Adapter.Factory adapter = InMemoryAdapter::new;
        private @Nullable RecoveryOptions connectionStateRecovery;
        private SocketParser parser = SocketParser.json();
        private boolean allowEIO3;
        private @Nullable SessionIdGenerator sessionIds;
        private @Nullable EnginePacket initialPacket;
        private @Nullable JsonMapper jsonMapper;

        private Builder() {}

        /** Path under which the server responds; a missing slash at either end is added. Default: {@code /socket.io/}. */
        public Builder path(String value) {
            path = value;
            return this;
        }

        /** Transports that clients may use. Default: polling and WebSocket. */
        public Builder transports(List<TransportKind> value) {
            transports = value;
            return this;
        }

        /** Whether a polling client may upgrade to WebSocket. Default: yes. */
        public Builder allowUpgrades(boolean value) {
            allowUpgrades = value;
            return this;
        }

        /** Time between a pong and the next ping. Default: 25 s. */
        public Builder pingInterval(Duration value) {
            pingInterval = value;
            return this;
        }

        /** Maximum time a client takes to respond to a ping; then its session is closed, "ping timeout". Default: 60 s. */
        public Builder pingTimeout(Duration value) {
            pingTimeout = value;
            return this;
        }

        /** Maximum time of an upgrade to WebSocket; then polling goes on. Default: 30 s. */
        public Builder upgradeTimeout(Duration value) {
            upgradeTimeout = value;
            return this;
        }

        /** Maximum time a client stays connected without joining a namespace; then its session is closed. Default: 45 s. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /** Maximum time a broadcast waits for acknowledgements when the call names none. Default: 20 s. */
        public Builder ackTimeout(Duration value) {
            ackTimeout = value;
            return this;
        }

        /**
         * Handlers that run longer are reported to {@link ServerListener#slowHandler}. An inline handler, which blocks its event loop, is
         * reported from a tenth of it on, and logged as a warning once a minute for each event. Default: 1 s.
         */
        public Builder slowHandler(Duration value) {
            slowHandler = value;
            return this;
        }

        /** Maximum size of a request body or WebSocket message, in bytes; clients learn it as {@code maxPayload}. Default: 1 000 000. */
        public Builder maxHttpBufferSize(int value) {
            maxHttpBufferSize = value;
            return this;
        }

        /**
         * Maximum size of one client's send queue where the sender cannot wait, in bytes: on an event loop, and for each receiver of a
         * broadcast. A larger queue closes the session, "send queue full". Counts 64 bytes more for each packet, and a poll response until
         * the network has taken it, but not the largest waiting event. Reading from the connection also stops when its events that wait for
         * handlers exceed this size, even if a handler waits for an acknowledgement. Default: 4 000 000.
         */
        public Builder maxQueuedBytes(long value) {
            maxQueuedBytes = value;
            return this;
        }

        /**
         * Size of one client's send queue, in bytes, above which {@code emit}, {@code ack} and {@code call} wait on threads that may block,
         * and {@code tryEmit} returns false. An event larger than the mark is sent when nothing else waits. Reading from the connection
         * also stops when its events that wait for handlers exceed this size, until half of them are handled. Default: a quarter of {@link
         * #maxQueuedBytes}.
         */
        public Builder highWaterMark(long value) {
            highWaterMark = value;
            return this;
        }

        /**
         * Maximum time that {@code emit}, {@code ack} and {@code call} wait for room in a send queue. Then the session is closed, "send
         * queue full", and the call throws {@link NotSentException}. Default: 30 s.
         */
        public Builder sendTimeout(Duration value) {
            sendTimeout = value;
            return this;
        }

        /**
         * Maximum size of an event or acknowledgement that is sent, in bytes; for a larger one {@code emit}, {@code ack} and {@code call}
         * throw an {@link IllegalArgumentException}, and nothing is sent. At most half of {@link #memoryBudget}. Default: 64 MB.
         */
        public Builder maxOutgoingSize(long value) {
            maxOutgoingSize = value;
            return this;
        }

        /**
         * Maximum memory that all clients together may occupy, in bytes: incomplete messages and request bodies, events that wait for
         * handlers, send queues, and data on its way into connections that take no more. Beyond it the sessions that hold most are closed,
         * "server overloaded", and new handshakes get status 503. One message may use at most half of it, even if {@link
         * #maxHttpBufferSize} is larger. Default: a quarter of the heap, plus an eighth of it, at most 32 MB, for direct memory.
         */
        public Builder memoryBudget(long value) {
            memoryBudget = value;
            return this;
        }

        /** Maximum number of sessions at once; further handshakes are refused. Default: 20 000. */
        public Builder maxSessions(int value) {
            maxSessions = value;
            return this;
        }

        /** Maximum number of packets in one request body. Default: 20 000. */
        public Builder maxPacketsPerPayload(int value) {
            maxPacketsPerPayload = value;
            return this;
        }

        /** Maximum number of attachments of a received event. Default: 64. */
        public Builder maxAttachments(int value) {
            maxAttachments = value;
            return this;
        }

        /** Maximum nesting depth of the JSON of a received event. Default: 128. */
        public Builder maxJsonDepth(int value) {
            maxJsonDepth = value;
            return this;
        }

        /** Maximum number of acknowledgements awaited from one client; further calls fail. Default: 1 000. */
        public Builder maxPendingAcks(int value) {
            maxPendingAcks = value;
            return this;
        }

        /**
         * Maximum number of events of one connection that wait for handlers while one of them waits for an acknowledgement; then reading from
         * the connection stops. Otherwise reading stops at a quarter of it. Default: 20 000.
         */
        public Builder maxPendingEvents(int value) {
            maxPendingEvents = value;
            return this;
        }

        /** Which pages of other origins may connect, and the CORS headers of their responses. Default: none may. */
        public Builder cors(CorsOptions value) {
            cors = value;
            return this;
        }

        /**
         * Sets {@link CorsOptions.Builder#allowedOrigins} of {@link #cors}, and keeps its other options.
         *
         * @throws IllegalArgumentException if one is no origin
         */
        public Builder allowedOrigins(Set<String> value) {
            cors = cors.toBuilder().allowedOrigins(value).build();
            return this;
        }

        /** Whether the browser's client script is served under the path. Default: yes. */
        public Builder serveClient(boolean value) {
            serveClient = value;
            return this;
        }

        /** The short name of this server in session ids: letters and digits, at most 16. Default: {@code 0}. */
        public Builder nodeTag(String value) {
            nodeTag = value;
            return this;
        }

        /** Maximum number of rooms of one socket; then {@code join} throws. Default: 1 000. */
        public Builder maxRoomsPerSocket(int value) {
            maxRoomsPerSocket = value;
            return this;
        }

        /** Maximum number of namespaces, including those created by rule; then no client can join a new one. Default: 10 000. */
        public Builder maxNamespaces(int value) {
            maxNamespaces = value;
            return this;
        }

        /** Whether a namespace created by rule is removed when its last socket leaves. Default: no. */
        public Builder cleanupEmptyChildNamespaces(boolean value) {
            cleanupEmptyChildNamespaces = value;
            return this;
        }

        /** Creates the adapter of each namespace, which keeps its rooms. Default: {@link InMemoryAdapter}. */
        public Builder adapter(Adapter.Factory value) {
            adapter = value;
            return this;
        }

        /** Restores id, rooms, data and missed events of clients that lose their connection for a short time. Default: off. */
        public Builder connectionStateRecovery(RecoveryOptions value) {
            connectionStateRecovery = value;
            return this;
        }

        /** Parser that encodes and decodes packets; clients must use the same one. Default: JSON text. */
        public Builder parser(SocketParser value) {
            parser = value;
            return this;
        }

        /** Whether to serve clients of Socket.IO 2 too, which speak Engine.IO 3. Default: no. */
        public Builder allowEIO3(boolean value) {
            allowEIO3 = value;
            return this;
        }

        /** Generator of session ids. Default: 144 random bits. */
        public Builder sessionIds(SessionIdGenerator value) {
            sessionIds = value;
            return this;
        }

        /** A message sent directly after the handshake, in the same response or flush. Default: none. */
        public Builder initialPacket(EnginePacket value) {
            initialPacket = value;
            return this;
        }

        /**
         * JSON mapper that writes the values of events, acknowledgements and refusals, and reads received arguments, and credentials that
         * are asked for as a class. It brings the application's own modules, naming strategies and features. Used on all threads that send
         * or read, event loops included. Arguments that are themselves strings, byte arrays, booleans, {@code int}, {@code long} or {@link
         * RawJson} are written without it, and a first argument that is a string or an attachment is read without it as such. Byte arrays
         * inside other values always become attachments. The mapper's read limits apply in addition to the server's. Default: a mapper
         * without settings.
         */
        public Builder jsonMapper(JsonMapper value) {
            jsonMapper = value;
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException when an option is out of its range
         */
        public ServerOptions build() {
            return new ServerOptions(path, transports, allowUpgrades, pingInterval, pingTimeout,
                    upgradeTimeout, connectTimeout, ackTimeout, slowHandler, sendTimeout, maxHttpBufferSize,
                    maxQueuedBytes, highWaterMark == null ? Math.max(1, maxQueuedBytes / 4) : highWaterMark,
                    maxOutgoingSize, memoryBudget, maxSessions, maxPacketsPerPayload, maxAttachments,
                    maxJsonDepth, maxPendingAcks, maxPendingEvents, cors, serveClient, nodeTag,
                    maxRoomsPerSocket, maxNamespaces, cleanupEmptyChildNamespaces, adapter,
                    Optional.ofNullable(connectionStateRecovery), parser, allowEIO3,
                    Optional.ofNullable(sessionIds), Optional.ofNullable(initialPacket),
                    Optional.ofNullable(jsonMapper));
        }
    }
}
