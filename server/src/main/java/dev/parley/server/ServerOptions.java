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
 * Everything that can be set about a server, each with a default. Immutable. Made by {@link #builder}, whose methods say what each setting
 * means, in which unit, and what it is by default; the constructor grows with every new setting and is for the builder.
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
     * Checks and copies.
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

    /** Origins of pages other than our own that may connect: those of {@link #cors}. */
    public Set<String> allowedOrigins() {
        return cors.allowedOrigins();
    }

    /** All as it is by default. */
    public static ServerOptions defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins with what is set here. */
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

    /** Sets options one by one. Not thread-safe; may be used again after {@link #build}. */
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

        /** Under which the server answers; a missing slash at either end is added. {@code /socket.io/} by default. */
        public Builder path(String value) {
            path = value;
            return this;
        }

        /** Those offered. Both by default. */
        public Builder transports(List<TransportKind> value) {
            transports = value;
            return this;
        }

        /** Whether a client that polls may move to WebSocket. Yes by default. */
        public Builder allowUpgrades(boolean value) {
            allowUpgrades = value;
            return this;
        }

        /** Between a pong and the next ping. 25 s by default. */
        public Builder pingInterval(Duration value) {
            pingInterval = value;
            return this;
        }

        /** How long a pong may take. 60 s by default. */
        public Builder pingTimeout(Duration value) {
            pingTimeout = value;
            return this;
        }

        /** How long a probing WebSocket may take. 30 s by default. */
        public Builder upgradeTimeout(Duration value) {
            upgradeTimeout = value;
            return this;
        }

        /** How long a session may stay without joining a namespace. 45 s by default. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /** How long a call to many waits for replies when it does not say. 20 s by default. */
        public Builder ackTimeout(Duration value) {
            ackTimeout = value;
            return this;
        }

        /**
         * Handlers that run longer are reported to {@link ServerListener#slowHandler}. An inline handler, which blocks its event loop, is
         * reported from a tenth of it on, and logged as a warning once a minute for each event. 1 s by default.
         */
        public Builder slowHandler(Duration value) {
            slowHandler = value;
            return this;
        }

        /** Bytes of one request body or one WebSocket message; announced as {@code maxPayload}. 1 000 000 by default. */
        public Builder maxHttpBufferSize(int value) {
            maxHttpBufferSize = value;
            return this;
        }

        /**
         * Maximum bytes that wait for one client where the sender cannot wait: on an event loop, and for each receiver of a broadcast. 64
         * bytes a packet are counted too, and a poll response until the network has taken it; the largest of the waiting events is not
         * counted. Past it the session is closed, "send queue full". Also the bytes of events that wait for handlers from which on nothing
         * more is read from the connection, whatever a handler waits for. Default: 4 000 000.
         */
        public Builder maxQueuedBytes(long value) {
            maxQueuedBytes = value;
            return this;
        }

        /**
         * Bytes that wait for one client from which on {@code emit}, {@code ack} and {@code call} wait, on threads that may block, and
         * {@code tryEmit} fails; also the bytes of events that wait for handlers from which on nothing more is read from the connection,
         * until half of them are handled. An event that is larger than the mark is sent when nothing else waits. Default: a quarter of {@link
         * #maxQueuedBytes}.
         */
        public Builder highWaterMark(long value) {
            highWaterMark = value;
            return this;
        }

        /**
         * Maximum time that {@code emit}, {@code ack} and {@code call} wait for room. After it the session is closed, "send queue full", and the
         * call throws {@link NotSentException}. Default: 30 s.
         */
        public Builder sendTimeout(Duration value) {
            sendTimeout = value;
            return this;
        }

        /**
         * Maximum size of an event or acknowledgement that is sent, in bytes; a larger one is refused with an {@link
         * IllegalArgumentException} before anything is sent. Half of {@link #memoryBudget} is the most that counts. Default: 64 000 000.
         */
        public Builder maxOutgoingSize(long value) {
            maxOutgoingSize = value;
            return this;
        }

        /**
         * Maximum bytes that all clients together may occupy: incomplete messages and request bodies, events that wait for handlers, packets
         * that wait for clients, and what is on its way into connections that take no more. Past it the sessions that hold most are closed,
         * "server overloaded", and new handshakes get 503. One message may use half of it, so {@link #maxHttpBufferSize} counts up to
         * there. Default: a quarter of the heap, and an eighth of it, 32 MB at most, for direct memory.
         */
        public Builder memoryBudget(long value) {
            memoryBudget = value;
            return this;
        }

        /** Sessions at once; past it handshakes are refused. 20 000 by default. */
        public Builder maxSessions(int value) {
            maxSessions = value;
            return this;
        }

        /** Packets in one request body. 20 000 by default. */
        public Builder maxPacketsPerPayload(int value) {
            maxPacketsPerPayload = value;
            return this;
        }

        /** Attachments of one event. 64 by default. */
        public Builder maxAttachments(int value) {
            maxAttachments = value;
            return this;
        }

        /** How deep the JSON of an event may nest. 128 by default. */
        public Builder maxJsonDepth(int value) {
            maxJsonDepth = value;
            return this;
        }

        /** Answers awaited from one client; past it a call fails. 1 000 by default. */
        public Builder maxPendingAcks(int value) {
            maxPendingAcks = value;
            return this;
        }

        /** Events of one connection that wait for handlers from which on nothing more is read from it. 20 000 by default. */
        public Builder maxPendingEvents(int value) {
            maxPendingEvents = value;
            return this;
        }

        /** Which pages of other origins may connect, and what their browsers are told. Default: none. */
        public Builder cors(CorsOptions value) {
            cors = value;
            return this;
        }

        /**
         * Sets {@link CorsOptions.Builder#allowedOrigins} of {@link #cors}, and nothing else of it.
         *
         * @throws IllegalArgumentException if one is no origin
         */
        public Builder allowedOrigins(Set<String> value) {
            cors = cors.toBuilder().allowedOrigins(value).build();
            return this;
        }

        /** Whether the browser's client script is served under the path. Yes by default. */
        public Builder serveClient(boolean value) {
            serveClient = value;
            return this;
        }

        /** The short name of this server in session ids: letters and digits, at most 16. {@code 0} by default. */
        public Builder nodeTag(String value) {
            nodeTag = value;
            return this;
        }

        /** Rooms one socket may be in; past it joining fails. 1 000 by default. */
        public Builder maxRoomsPerSocket(int value) {
            maxRoomsPerSocket = value;
            return this;
        }

        /** Namespaces at once, those made by rule included; past it joining a new one is refused. 10 000 by default. */
        public Builder maxNamespaces(int value) {
            maxNamespaces = value;
            return this;
        }

        /** Whether a namespace made by rule goes when its last socket leaves. No by default. */
        public Builder cleanupEmptyChildNamespaces(boolean value) {
            cleanupEmptyChildNamespaces = value;
            return this;
        }

        /** What keeps the rooms of each namespace. An {@link InMemoryAdapter} by default. */
        public Builder adapter(Adapter.Factory value) {
            adapter = value;
            return this;
        }

        /** Lets clients that were lost for a short time come back to what they had. Off by default. */
        public Builder connectionStateRecovery(RecoveryOptions value) {
            connectionStateRecovery = value;
            return this;
        }

        /** How packets are written and read; clients have to be given the same. JSON text by default. */
        public Builder parser(SocketParser value) {
            parser = value;
            return this;
        }

        /** Whether clients of the 2.x line, which speak Engine.IO 3, are served too. No by default. */
        public Builder allowEIO3(boolean value) {
            allowEIO3 = value;
            return this;
        }

        /** Names sessions. By default they get 144 random bits. */
        public Builder sessionIds(SessionIdGenerator value) {
            sessionIds = value;
            return this;
        }

        /** A message sent right behind the handshake, in the same answer or flush. None by default. */
        public Builder initialPacket(EnginePacket value) {
            initialPacket = value;
            return this;
        }

        /**
         * Writes the values of events and answers and the details of refusals, reads what clients send into trees and binds them to types:
         * for modules, naming strategies and features of the application's own. Used on whatever thread sends or reads, event loops among
         * them. Strings, byte arrays, booleans, {@code int}, {@code long} and {@link RawJson} that are arguments themselves do not pass
         * through it, nor does a first argument that is a plain string or bytes when it is asked for as such; byte arrays inside of other
         * values become attachments whatever it says of them. Its limits on what is read hold beside the server's. Handshakes and credentials
         * are not its business. A mapper without settings by default.
         */
        public Builder jsonMapper(JsonMapper value) {
            jsonMapper = value;
            return this;
        }

        /**
         * What has been set.
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
