package dev.parley.server;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.SocketParser;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.InMemoryAdapter;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.engine.SessionRouting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Collects the options of a server. Not thread-safe. */
final class ServerOptionsBuilder implements ServerOptions.Builder {
    private static final long DIRECT_SHARE = 32_000_000;

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
    private @Nullable SessionRouting routing;

    private static long defaultBudget() {
        long heap = Runtime.getRuntime().maxMemory();
        return heap / 4 + Math.min(DIRECT_SHARE, heap / 8);
    }

    @Override
    public ServerOptions.Builder path(String value) {
        path = value;
        return this;
    }

    @Override
    public ServerOptions.Builder transports(List<TransportKind> value) {
        transports = value;
        return this;
    }

    @Override
    public ServerOptions.Builder allowUpgrades(boolean value) {
        allowUpgrades = value;
        return this;
    }

    @Override
    public ServerOptions.Builder pingInterval(Duration value) {
        pingInterval = value;
        return this;
    }

    @Override
    public ServerOptions.Builder pingTimeout(Duration value) {
        pingTimeout = value;
        return this;
    }

    @Override
    public ServerOptions.Builder upgradeTimeout(Duration value) {
        upgradeTimeout = value;
        return this;
    }

    @Override
    public ServerOptions.Builder connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    @Override
    public ServerOptions.Builder ackTimeout(Duration value) {
        ackTimeout = value;
        return this;
    }

    @Override
    public ServerOptions.Builder slowHandler(Duration value) {
        slowHandler = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxHttpBufferSize(int value) {
        maxHttpBufferSize = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxQueuedBytes(long value) {
        maxQueuedBytes = value;
        return this;
    }

    @Override
    public ServerOptions.Builder highWaterMark(long value) {
        highWaterMark = value;
        return this;
    }

    @Override
    public ServerOptions.Builder sendTimeout(Duration value) {
        sendTimeout = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxOutgoingSize(long value) {
        maxOutgoingSize = value;
        return this;
    }

    @Override
    public ServerOptions.Builder memoryBudget(long value) {
        memoryBudget = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxSessions(int value) {
        maxSessions = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxPacketsPerPayload(int value) {
        maxPacketsPerPayload = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxAttachments(int value) {
        maxAttachments = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxJsonDepth(int value) {
        maxJsonDepth = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxPendingAcks(int value) {
        maxPendingAcks = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxPendingEvents(int value) {
        maxPendingEvents = value;
        return this;
    }

    @Override
    public ServerOptions.Builder cors(CorsOptions value) {
        cors = value;
        return this;
    }

    @Override
    public ServerOptions.Builder allowedOrigins(Set<String> value) {
        cors = cors.toBuilder().allowedOrigins(value).build();
        return this;
    }

    @Override
    public ServerOptions.Builder serveClient(boolean value) {
        serveClient = value;
        return this;
    }

    @Override
    public ServerOptions.Builder nodeTag(String value) {
        nodeTag = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxRoomsPerSocket(int value) {
        maxRoomsPerSocket = value;
        return this;
    }

    @Override
    public ServerOptions.Builder maxNamespaces(int value) {
        maxNamespaces = value;
        return this;
    }

    @Override
    public ServerOptions.Builder cleanupEmptyChildNamespaces(boolean value) {
        cleanupEmptyChildNamespaces = value;
        return this;
    }

    @Override
    public ServerOptions.Builder adapter(Adapter.Factory value) {
        adapter = value;
        return this;
    }

    @Override
    public ServerOptions.Builder connectionStateRecovery(RecoveryOptions value) {
        connectionStateRecovery = value;
        return this;
    }

    @Override
    public ServerOptions.Builder parser(SocketParser value) {
        parser = value;
        return this;
    }

    @Override
    public ServerOptions.Builder allowEIO3(boolean value) {
        allowEIO3 = value;
        return this;
    }

    @Override
    public ServerOptions.Builder sessionIds(SessionIdGenerator value) {
        sessionIds = value;
        return this;
    }

    @Override
    public ServerOptions.Builder initialPacket(EnginePacket value) {
        initialPacket = value;
        return this;
    }

    @Override
    public ServerOptions.Builder jsonMapper(JsonMapper value) {
        jsonMapper = value;
        return this;
    }

    @Override
    public ServerOptions.Builder routing(SessionRouting value) {
        routing = value;
        return this;
    }

    @Override
    public ServerOptions build() {
        return new ServerOptionValues(path, transports, allowUpgrades, pingInterval, pingTimeout,
                upgradeTimeout, connectTimeout, ackTimeout, slowHandler, sendTimeout, maxHttpBufferSize,
                maxQueuedBytes,
                highWaterMark == null ? ServerOptionValues.defaultMark(maxQueuedBytes) : highWaterMark,
                maxOutgoingSize, memoryBudget, maxSessions, maxPacketsPerPayload, maxAttachments,
                maxJsonDepth, maxPendingAcks, maxPendingEvents, cors, serveClient, nodeTag, maxRoomsPerSocket,
                maxNamespaces, cleanupEmptyChildNamespaces, adapter,
                Optional.ofNullable(connectionStateRecovery), parser, allowEIO3,
                Optional.ofNullable(sessionIds), Optional.ofNullable(initialPacket),
                Optional.ofNullable(jsonMapper), Optional.ofNullable(routing));
    }
}
