package dev.parley.cluster;

import dev.parley.cluster.broker.BrokerContext;
import dev.parley.cluster.broker.GuardedBroker;
import dev.parley.cluster.broker.PubSubBroker;
import dev.parley.cluster.broker.ShardedBroker;
import dev.parley.cluster.broker.StreamsBroker;
import dev.parley.cluster.broker.Traffic;
import dev.parley.cluster.core.AdapterLimits;
import dev.parley.cluster.core.Broker;
import dev.parley.cluster.core.ClusterAdapter;
import dev.parley.cluster.message.MessageLimits;
import dev.parley.cluster.recovery.LoggedRecovery;
import dev.parley.cluster.redis.LettuceLink;
import dev.parley.cluster.redis.LinkLimits;
import dev.parley.cluster.redis.RedisAwayException;
import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.AdapterHost;
import java.time.Duration;
import java.util.Optional;

/**
 * One server's membership of a cluster: servers that share a Redis and a prefix, and so their rooms. Each server joins for itself, also those
 * of one process: the others count connections. Close the server first, then its membership. Safe from any thread.
 *
 * <p>{@snippet :
 * try (var cluster = ParleyCluster.join("redis://127.0.0.1:6379", ClusterOptions.defaults());
 *         var server = SocketIoServer.create(cluster.serverOptions())) {
 *     server.listen(3000);
 *     server.to("news").emit("headline", "on all servers");
 * }
 * }
 */
public final class ParleyCluster implements AutoCloseable {
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(2);
    private static final int TAG_LENGTH = 12;
    /** How long a broadcast waits for its id at most. */
    private static final Duration LOG_WAIT = Duration.ofMillis(100);

    private final ClusterOptions options;
    private final Traffic traffic = new Traffic();
    private final MemberNames names = new MemberNames();
    private final String nodeTag = names.letters(TAG_LENGTH);
    private final TimeoutThread timeouts = new TimeoutThread();
    private final LettuceLink link;

    private ParleyCluster(String redisUrl, ClusterOptions options) {
        this.options = options;
        try {
            this.link = LettuceLink.connect(redisUrl, options.trustedCertificates(),
                    new LinkLimits(options.maxPendingMessages(), options.maxPendingBytes(),
                            options.connectTimeout(), LinkLimits.defaults().maxReconnectDelay(),
                            LinkLimits.defaults().pingInterval()),
                    traffic,
                    options.adapter() == ClusterOptions.Adapter.STREAMS ? Optional.of(options.prefix())
                            : Optional.empty());
        } catch (RedisAwayException e) {
            timeouts.close();
            throw new ClusterException("Redis cannot be reached at " + e.getMessage()
                    + ", or refuses the login. Check that it runs, and the host, port, user and password of its URL.",
                    e);
        } catch (RuntimeException e) {
            timeouts.close();
            throw e;
        }
    }

    /**
     * Connects to Redis. Blocks until it is connected.
     *
     * @param redisUrl {@code redis://USER:PASSWORD@HOST:PORT}, or {@code rediss://…} for TLS; user and password can be left out
     * @throws IllegalArgumentException when the URL is not valid
     * @throws ClusterException         when Redis cannot be reached or refuses the login
     */
    public static ParleyCluster join(String redisUrl, ClusterOptions options) {
        return new ParleyCluster(redisUrl, options);
    }

    /** Returns default options with the adapter of this membership and its node tag, to create one server with. */
    public ServerOptions serverOptions() {
        return serverOptions(ServerOptions.defaults());
    }

    /** Returns these options with the adapter of this membership and its node tag in place of theirs, to create one server with. */
    public ServerOptions serverOptions(ServerOptions base) {
        return base.toBuilder().adapter(this::adapter).nodeTag(nodeTag).build();
    }

    private Adapter adapter(AdapterHost host) {
        var limits = new AdapterLimits(options.requestTimeout(), options.maxPendingRequests(),
                AdapterLimits.defaults().maxAckTimeout());
        return new ClusterAdapter(host, this::open, limits, timeouts, names::unique,
                Optional.of(LoggedRecovery.waiting(options.recoveryByNode() ? LOG_WAIT : Duration.ZERO)));
    }

    private Broker open(String namespace, Broker.Receiver receiver) {
        var defaults = MessageLimits.defaults();
        var context = new BrokerContext(
                new MessageLimits(options.maxMessageBytes(), defaults.maxDepth(), defaults.maxAttachments()),
                traffic, timeouts, COUNT_INTERVAL);
        String uid = names.unique();
        return new GuardedBroker(switch (options.adapter()) {
            case PUBSUB -> new PubSubBroker(uid, namespace, options.prefix(), link, receiver, context);
            case SHARDED -> new ShardedBroker(uid, namespace, options.prefix(), link, receiver, context);
            case STREAMS -> new StreamsBroker(uid, namespace, options.prefix(), link, receiver, context);
        }, traffic);
    }

    /** Returns whether Redis is connected, and what was sent and received. */
    public ClusterStatus status() {
        return new ClusterStatus(link.connected(), traffic.sent(), traffic.dropped(), traffic.received(),
                traffic.rejected(), traffic.failed());
    }

    /** Leaves the cluster. The server remains usable for its own clients. Blocks for at most a few seconds. */
    @Override
    public void close() {
        timeouts.close();
        link.close();
    }
}
