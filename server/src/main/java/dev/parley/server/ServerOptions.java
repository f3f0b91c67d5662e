package dev.parley.server;

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

/** Everything that can be set about a server, each with a default. Immutable; made by its {@link Builder}. */
public final class ServerOptions {
    private final String path;
    private final List<TransportKind> transports;
    private final Duration pingInterval;
    private final Duration pingTimeout;
    private final Duration upgradeTimeout;
    private final Duration connectTimeout;
    private final Duration ackTimeout;
    private final Duration slowHandler;
    private final int maxHttpBufferSize;
    private final long maxQueuedBytes;
    private final long unreadBudget;
    private final int maxSessions;
    private final int maxPacketsPerPayload;
    private final int maxAttachments;
    private final int maxJsonDepth;
    private final int maxPendingAcks;
    private final int maxPendingEvents;
    private final Set<String> allowedOrigins;
    private final boolean serveClient;
    private final String nodeTag;
    private final int maxRoomsPerSocket;
    private final int maxNamespaces;
    private final boolean cleanupEmptyChildNamespaces;
    private final Adapter.Factory adapter;
    private final @Nullable RecoveryOptions connectionStateRecovery;
    private final SocketParser parser;
    private final boolean allowEIO3;

    private ServerOptions(Builder from) {
        path = "/" + strip(from.path) + "/";
        transports = List.copyOf(from.transports);
        pingInterval = from.pingInterval;
        pingTimeout = from.pingTimeout;
        upgradeTimeout = from.upgradeTimeout;
        connectTimeout = from.connectTimeout;
        ackTimeout = from.ackTimeout;
        slowHandler = from.slowHandler;
        maxHttpBufferSize = from.maxHttpBufferSize;
        maxQueuedBytes = from.maxQueuedBytes;
        unreadBudget = from.unreadBudget;
        maxSessions = from.maxSessions;
        maxPacketsPerPayload = from.maxPacketsPerPayload;
        maxAttachments = from.maxAttachments;
        maxJsonDepth = from.maxJsonDepth;
        maxPendingAcks = from.maxPendingAcks;
        maxPendingEvents = from.maxPendingEvents;
        allowedOrigins = Set.copyOf(from.allowedOrigins);
        serveClient = from.serveClient;
        nodeTag = from.nodeTag;
        maxRoomsPerSocket = from.maxRoomsPerSocket;
        maxNamespaces = from.maxNamespaces;
        cleanupEmptyChildNamespaces = from.cleanupEmptyChildNamespaces;
        adapter = from.adapter;
        connectionStateRecovery = from.connectionStateRecovery;
        parser = from.parser;
        allowEIO3 = from.allowEIO3;
        check();
    }

    private void check() {
        require(!path.equals("//"), "path must not be empty");
        require(!transports.isEmpty(), "transports must not be empty");
        for (Duration duration : List.of(pingInterval, pingTimeout, upgradeTimeout, connectTimeout,
                ackTimeout, slowHandler)) {
            require(duration.isPositive(), "a duration is not positive");
        }
        require(maxHttpBufferSize > 0 && maxQueuedBytes > 0 && unreadBudget > 0,
                "a limit in bytes is not positive");
        require(maxSessions > 0 && maxPacketsPerPayload > 0 && maxAttachments >= 0 && maxJsonDepth > 0,
                "a limit is not positive");
        require(maxPendingAcks > 0 && maxPendingEvents > 0 && maxRoomsPerSocket > 0 && maxNamespaces > 0,
                "a limit is not positive");
        require(!allowedOrigins.contains("*"),
                "allowedOrigins must name origins: * would let any page act for its visitor");
        require(nodeTag.matches("[A-Za-z0-9]{1,16}"), "nodeTag must be 1 to 16 letters and digits");
    }

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
        builder.pingInterval = pingInterval;
        builder.pingTimeout = pingTimeout;
        builder.upgradeTimeout = upgradeTimeout;
        builder.connectTimeout = connectTimeout;
        builder.ackTimeout = ackTimeout;
        builder.slowHandler = slowHandler;
        builder.maxHttpBufferSize = maxHttpBufferSize;
        builder.maxQueuedBytes = maxQueuedBytes;
        builder.unreadBudget = unreadBudget;
        builder.maxSessions = maxSessions;
        builder.maxPacketsPerPayload = maxPacketsPerPayload;
        builder.maxAttachments = maxAttachments;
        builder.maxJsonDepth = maxJsonDepth;
        builder.maxPendingAcks = maxPendingAcks;
        builder.maxPendingEvents = maxPendingEvents;
        builder.allowedOrigins = allowedOrigins;
        builder.serveClient = serveClient;
        builder.nodeTag = nodeTag;
        builder.maxRoomsPerSocket = maxRoomsPerSocket;
        builder.maxNamespaces = maxNamespaces;
        builder.cleanupEmptyChildNamespaces = cleanupEmptyChildNamespaces;
        builder.adapter = adapter;
        builder.connectionStateRecovery = connectionStateRecovery;
        builder.parser = parser;
        builder.allowEIO3 = allowEIO3;
        return builder;
    }

    public String path() {
        return path;
    }

    public List<TransportKind> transports() {
        return transports;
    }

    public Duration pingInterval() {
        return pingInterval;
    }

    public Duration pingTimeout() {
        return pingTimeout;
    }

    public Duration upgradeTimeout() {
        return upgradeTimeout;
    }

    public Duration connectTimeout() {
        return connectTimeout;
    }

    public Duration ackTimeout() {
        return ackTimeout;
    }

    public Duration slowHandler() {
        return slowHandler;
    }

    public int maxHttpBufferSize() {
        return maxHttpBufferSize;
    }

    public long maxQueuedBytes() {
        return maxQueuedBytes;
    }

    public long unreadBudget() {
        return unreadBudget;
    }

    public int maxSessions() {
        return maxSessions;
    }

    public int maxPacketsPerPayload() {
        return maxPacketsPerPayload;
    }

    public int maxAttachments() {
        return maxAttachments;
    }

    public int maxJsonDepth() {
        return maxJsonDepth;
    }

    public int maxPendingAcks() {
        return maxPendingAcks;
    }

    public int maxPendingEvents() {
        return maxPendingEvents;
    }

    public Set<String> allowedOrigins() {
        return allowedOrigins;
    }

    public boolean serveClient() {
        return serveClient;
    }

    public String nodeTag() {
        return nodeTag;
    }

    public int maxRoomsPerSocket() {
        return maxRoomsPerSocket;
    }

    public int maxNamespaces() {
        return maxNamespaces;
    }

    public boolean cleanupEmptyChildNamespaces() {
        return cleanupEmptyChildNamespaces;
    }

    public Adapter.Factory adapter() {
        return adapter;
    }

    /** Present when lost clients may come back. */
    public Optional<RecoveryOptions> connectionStateRecovery() {
        return Optional.ofNullable(connectionStateRecovery);
    }

    public SocketParser parser() {
        return parser;
    }

    public boolean allowEIO3() {
        return allowEIO3;
    }

    private static String strip(String path) {
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return path.substring(from, to);
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
        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration pingTimeout = Duration.ofSeconds(60);
        private Duration upgradeTimeout = Duration.ofSeconds(30);
        private Duration connectTimeout = Duration.ofSeconds(45);
        private Duration ackTimeout = Duration.ofSeconds(20);
        private Duration slowHandler = Duration.ofSeconds(1);
        private int maxHttpBufferSize = 1_000_000;
        private long maxQueuedBytes = 4_000_000;
        private long unreadBudget = 64_000_000;
        private int maxSessions = 20_000;
        private int maxPacketsPerPayload = 20_000;
        private int maxAttachments = 64;
        private int maxJsonDepth = 128;
        private int maxPendingAcks = 1_000;
        private int maxPendingEvents = 20_000;
        private Set<String> allowedOrigins = Set.of();
        private boolean serveClient = true;
        private String nodeTag = "0";
        private int maxRoomsPerSocket = 1_000;
        private int maxNamespaces = 10_000;
        private boolean cleanupEmptyChildNamespaces;
        private Adapter.Factory adapter = InMemoryAdapter::new;
        private @Nullable RecoveryOptions connectionStateRecovery;
        private SocketParser parser = SocketParser.json();
        private boolean allowEIO3;

        private Builder() {}

        /** Under which the server answers; a missing slash at either end is added. */
        public Builder path(String value) {
            path = value;
            return this;
        }

        /** Those offered. */
        public Builder transports(List<TransportKind> value) {
            transports = value;
            return this;
        }

        /** Between a pong and the next ping. */
        public Builder pingInterval(Duration value) {
            pingInterval = value;
            return this;
        }

        /** How long a pong may take. */
        public Builder pingTimeout(Duration value) {
            pingTimeout = value;
            return this;
        }

        /** How long a probing WebSocket may take. */
        public Builder upgradeTimeout(Duration value) {
            upgradeTimeout = value;
            return this;
        }

        /** How long a session may stay without joining a namespace. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /** How long an answer may take when the call does not say. */
        public Builder ackTimeout(Duration value) {
            ackTimeout = value;
            return this;
        }

        /** From when on a handler is told to be slow ({@link ServerListener#slowHandler}); one that runs inline, from a tenth of it. */
        public Builder slowHandler(Duration value) {
            slowHandler = value;
            return this;
        }

        /** Bytes of one request body or one WebSocket message; announced as {@code maxPayload}. */
        public Builder maxHttpBufferSize(int value) {
            maxHttpBufferSize = value;
            return this;
        }

        /**
         * Bytes waiting for a client that reads slowly, 64 a packet among them; past it the session is closed. As much again may be on its
         * way into a connection that takes no more, which is what such a client costs at most. The same bounds the bytes of a socket's events
         * that wait for its handlers, the last of which may pass it.
         */
        public Builder maxQueuedBytes(long value) {
            maxQueuedBytes = value;
            return this;
        }

        /** Bytes of unfinished bodies and messages of all clients together; past it the newest are refused. */
        public Builder unreadBudget(long value) {
            unreadBudget = value;
            return this;
        }

        /** Sessions at once; past it handshakes are refused. */
        public Builder maxSessions(int value) {
            maxSessions = value;
            return this;
        }

        /** Packets in one request body. */
        public Builder maxPacketsPerPayload(int value) {
            maxPacketsPerPayload = value;
            return this;
        }

        /** Attachments of one event. */
        public Builder maxAttachments(int value) {
            maxAttachments = value;
            return this;
        }

        /** How deep the JSON of an event may nest. */
        public Builder maxJsonDepth(int value) {
            maxJsonDepth = value;
            return this;
        }

        /** Answers awaited from one client; past it a call fails. */
        public Builder maxPendingAcks(int value) {
            maxPendingAcks = value;
            return this;
        }

        /** Events of one socket that wait for its handlers; past it the session is closed. */
        public Builder maxPendingEvents(int value) {
            maxPendingEvents = value;
            return this;
        }

        /** Origins of pages other than our own that may connect, as {@code https://host[:port]}. */
        public Builder allowedOrigins(Set<String> value) {
            allowedOrigins = value;
            return this;
        }

        /** Whether the browser's client script is served under the path. */
        public Builder serveClient(boolean value) {
            serveClient = value;
            return this;
        }

        /** The short name of this server in session ids: letters and digits, at most 16. */
        public Builder nodeTag(String value) {
            nodeTag = value;
            return this;
        }

        /** Rooms one socket may be in; past it joining fails. */
        public Builder maxRoomsPerSocket(int value) {
            maxRoomsPerSocket = value;
            return this;
        }

        /** Namespaces at once, those made by rule included; past it joining a new one is refused. */
        public Builder maxNamespaces(int value) {
            maxNamespaces = value;
            return this;
        }

        /** Whether a namespace made by rule goes when its last socket leaves. */
        public Builder cleanupEmptyChildNamespaces(boolean value) {
            cleanupEmptyChildNamespaces = value;
            return this;
        }

        /** What keeps the rooms of each namespace. */
        public Builder adapter(Adapter.Factory value) {
            adapter = value;
            return this;
        }

        /** Lets clients that were lost for a short time come back to what they had; off unless set. */
        public Builder connectionStateRecovery(RecoveryOptions value) {
            connectionStateRecovery = value;
            return this;
        }

        /** How packets are written and read; clients have to be given the same. */
        public Builder parser(SocketParser value) {
            parser = value;
            return this;
        }

        /** Whether clients of the 2.x line, which speak Engine.IO 3, are served too. */
        public Builder allowEIO3(boolean value) {
            allowEIO3 = value;
            return this;
        }

        /**
         * What has been set.
         *
         * @throws IllegalArgumentException when an option is out of its range
         */
        public ServerOptions build() {
            return new ServerOptions(this);
        }
    }
}
