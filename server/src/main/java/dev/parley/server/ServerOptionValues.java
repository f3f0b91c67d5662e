package dev.parley.server;

import dev.parley.protocol.Durations;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.SocketParser;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.engine.SessionRouting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The checked values of {@link ServerOptions}. Immutable. */
record ServerOptionValues(String path, List<TransportKind> transports, boolean allowUpgrades,
        Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout, Duration connectTimeout,
        Duration ackTimeout, Duration slowHandler, Duration sendTimeout, int maxHttpBufferSize,
        long maxQueuedBytes, long highWaterMark, long maxOutgoingSize, long memoryBudget, int maxSessions,
        int maxPacketsPerPayload, int maxAttachments, int maxJsonDepth, int maxPendingAcks,
        int maxPendingEvents, CorsOptions cors, boolean serveClient, String nodeTag, int maxRoomsPerSocket,
        int maxNamespaces, boolean cleanupEmptyChildNamespaces, Adapter.Factory adapter,
        Optional<RecoveryOptions> connectionStateRecovery, SocketParser parser, boolean allowEIO3,
        Optional<SessionIdGenerator> sessionIds, Optional<EnginePacket> initialPacket,
        Optional<JsonMapper> jsonMapper, Optional<SessionRouting> routing) implements ServerOptions {
    /**
     * Checks the options and copies them.
     *
     * @throws IllegalArgumentException when an option is out of its range; the message names it
     */
    ServerOptionValues {
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

    /** Returns the mark of a builder to which none is given: a quarter of the queue. */
    static long defaultMark(long maxQueuedBytes) {
        return Math.max(1, maxQueuedBytes / 4);
    }

    @Override
    public Builder toBuilder() {
        var builder = ServerOptions.builder()
                .path(path)
                .transports(transports)
                .allowUpgrades(allowUpgrades)
                .pingInterval(pingInterval)
                .pingTimeout(pingTimeout)
                .upgradeTimeout(upgradeTimeout)
                .connectTimeout(connectTimeout)
                .ackTimeout(ackTimeout)
                .slowHandler(slowHandler)
                .sendTimeout(sendTimeout)
                .maxHttpBufferSize(maxHttpBufferSize)
                .maxQueuedBytes(maxQueuedBytes)
                .maxOutgoingSize(maxOutgoingSize)
                .memoryBudget(memoryBudget)
                .maxSessions(maxSessions)
                .maxPacketsPerPayload(maxPacketsPerPayload)
                .maxAttachments(maxAttachments)
                .maxJsonDepth(maxJsonDepth)
                .maxPendingAcks(maxPendingAcks)
                .maxPendingEvents(maxPendingEvents)
                .cors(cors)
                .serveClient(serveClient)
                .nodeTag(nodeTag)
                .maxRoomsPerSocket(maxRoomsPerSocket)
                .maxNamespaces(maxNamespaces)
                .cleanupEmptyChildNamespaces(cleanupEmptyChildNamespaces)
                .adapter(adapter)
                .parser(parser)
                .allowEIO3(allowEIO3);
        if (highWaterMark != defaultMark(maxQueuedBytes)) {
            builder.highWaterMark(highWaterMark);
        }
        connectionStateRecovery.ifPresent(builder::connectionStateRecovery);
        sessionIds.ifPresent(builder::sessionIds);
        initialPacket.ifPresent(builder::initialPacket);
        jsonMapper.ifPresent(builder::jsonMapper);
        routing.ifPresent(builder::routing);
        return builder;
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
}
