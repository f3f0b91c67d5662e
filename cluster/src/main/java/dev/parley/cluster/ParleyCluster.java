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
import dev.parley.cluster.core.Peers;
import dev.parley.cluster.member.Member;
import dev.parley.cluster.member.Membership;
import dev.parley.cluster.member.NodeAddress;
import dev.parley.cluster.member.RedisMembership;
import dev.parley.cluster.message.MessageLimits;
import dev.parley.cluster.recovery.LoggedRecovery;
import dev.parley.cluster.redis.LettuceLink;
import dev.parley.cluster.redis.LinkLimits;
import dev.parley.cluster.redis.RedisAwayException;
import dev.parley.cluster.relay.ClusterRouting;
import dev.parley.cluster.relay.RedisRelay;
import dev.parley.cluster.relay.RoutingSettings;
import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.engine.SessionRouting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(ParleyCluster.class);
    /** Measures time that has passed, whatever is done to the system's clock. */
    private static final InstantSource MONOTONIC = () -> Instant.ofEpochSecond(0, System.nanoTime());
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(2);
    private static final int TAG_LENGTH = 12;
    private static final int TAGS_TRIED = 3;
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(1);
    /** How long a broadcast waits for its id at most. */
    private static final Duration LOG_WAIT = Duration.ofMillis(100);

    private final ClusterOptions options;
    private final Traffic traffic = new Traffic();
    private final MemberNames names = new MemberNames();
    private final String instance = names.unique();
    private final TimeoutThread timeouts = new TimeoutThread();
    private final LinkLimits limits;
    private final LettuceLink link;
    private final RedisMembership membership;
    private final Peers peers;
    private final AtomicInteger adapters = new AtomicInteger();
    private final RedisRelay relay;
    private final ClusterRouting routing;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ClusterScripts scripts;

    private ParleyCluster(String redisUrl, ClusterOptions options) {
        this.options = options;
        var defaults = LinkLimits.defaults();
        this.limits = new LinkLimits(options.maxPendingMessages(), options.maxPendingBytes(),
                options.connectTimeout(), defaults.maxReconnectDelay(), defaults.pingInterval());
        try {
            this.link = LettuceLink.connect(redisUrl, instance, options.trustedCertificates(), limits,
                    traffic,
                    options.adapter() == ClusterOptions.Adapter.STREAMS ? Optional.of(options.prefix())
                            : Optional.empty());
        } catch (RedisAwayException e) {
            timeouts.close();
            throw away(e);
        } catch (RuntimeException e) {
            timeouts.close();
            throw e;
        }
        try {
            this.membership = joined();
            this.peers = new MemberPeers(membership);
            this.relay = new RedisRelay(membership.self().tag(), options.prefix(),
                    options.secrets().isEmpty() ? link.channels() : link.relay(), timeouts, traffic,
                    options.maxMessageBytes());
            link.onRelayDisconnected(relay::disconnected);
            this.routing = new ClusterRouting(membership, ClusterRouting.Actions.of(membership), relay,
                    routingSettings(options), timeouts, MONOTONIC);
        } catch (RuntimeException e) {
            timeouts.close();
            link.close();
            throw e instanceof RedisAwayException away ? away(away) : e;
        }
    }

    private static ClusterException away(RedisAwayException e) {
        return new ClusterException("Redis cannot be reached at " + e.getMessage()
                + ", or refuses the login. Check that it runs, and the host, port, user and password of its URL.",
                e);
    }

    /** Joins with a tag that no other server has. */
    private RedisMembership joined() {
        for (int i = 0; i < TAGS_TRIED; i++) {
            var self = new Member(names.letters(TAG_LENGTH), instance, Optional.empty(), Member.VERSION,
                    false);
            var joining = new RedisMembership(self, link.members(options.prefix()), timeouts, MONOTONIC);
            try {
                if (joining.join().get(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                    return joining;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClusterException("The thread was interrupted while it joined the cluster.", e);
            } catch (ExecutionException | TimeoutException e) {
                throw new ClusterException(
                        "Redis is connected, but the cluster cannot be joined. Check that Redis is version"
                                + " 7.0 or newer, and that its user may run scripts (EVAL) on keys that begin with "
                                + options.prefix() + "{member}:",
                        e);
            }
        }
        throw new ClusterException("No free node tag was found. Start the server again.");
    }

    private static RoutingSettings routingSettings(ClusterOptions options) {
        var listener = options.nodeListener()
                .orElseGet(() -> options.nodeAddress()
                        .map(address -> new NodeAddress("0.0.0.0", address.port()))
                        .orElseGet(() -> new NodeAddress("127.0.0.1", 0)));
        var tls = options.nodeTls()
                .map(files -> new SessionRouting.Tls(files.certificate(), files.key(), files.authority()));
        return new RoutingSettings(options.secrets(),
                new SessionRouting.Listener(listener.host(), listener.port(), tls),
                options.nodeAddress().map(NodeAddress::host).orElse(""),
                options.nodeAddress().map(NodeAddress::port).orElse(0));
    }

    /**
     * Connects to Redis. Blocks until it is connected.
     *
     * @param redisUrl {@code redis://USER:PASSWORD@HOST:PORT}; {@code redis-sentinel://HOST:PORT,HOST:PORT/0#MASTER}; or, with some nodes of a Redis Cluster,
     *                 {@code redis-cluster://USER:PASSWORD@HOST:PORT,HOST:PORT}. {@code rediss://…} and {@code rediss-cluster://…} for TLS; user and password can
     *                 be left out
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
        var builder = base.toBuilder().adapter(this::adapter).nodeTag(membership.self().tag());
        if (!options.secrets().isEmpty()) {
            builder.routing(routing);
        }
        return builder.build();
    }

    private Adapter adapter(AdapterHost host) {
        var limits = new AdapterLimits(options.requestTimeout(), options.maxPendingRequests(),
                AdapterLimits.defaults().maxAckTimeout());
        return new ClusterAdapter(host, this::open, limits, timeouts, names::unique,
                Optional.of(LoggedRecovery.waiting(options.recoveryByNodeJs() ? LOG_WAIT : Duration.ZERO)),
                // With Pub/Sub, responses do not say whose they are.
                options.adapter() == ClusterOptions.Adapter.PUBSUB ? Peers.UNKNOWN : peers);
    }

    private Broker open(String namespace, Broker.Receiver receiver) {
        var defaults = MessageLimits.defaults();
        var context = new BrokerContext(
                new MessageLimits(options.maxMessageBytes(), defaults.maxDepth(), defaults.maxAttachments()),
                traffic, timeouts, COUNT_INTERVAL, membership::millis);
        String uid = instance + Integer.toUnsignedString(adapters.getAndIncrement(), Character.MAX_RADIX);
        return new GuardedBroker(switch (options.adapter()) {
            case PUBSUB -> new PubSubBroker(uid, namespace, options.prefix(), link, receiver, context);
            case SHARDED -> new ShardedBroker(uid, namespace, options.prefix(), link, receiver, context);
            case STREAMS -> new StreamsBroker(uid, namespace, options.prefix(), link, receiver, context);
        }, traffic);
    }

    /**
     * Returns what runs scripts on the cluster's Redis. The first call connects, and blocks until that is done.
     *
     * @throws ClusterException when Redis cannot be reached
     */
    public ClusterScripts scripts() {
        lock.lock();
        try {
            if (scripts == null) {
                scripts = new PrefixedScripts(options.prefix(), link.scripts());
            }
            return scripts;
        } catch (RedisAwayException e) {
            throw new ClusterException("Redis cannot be reached any more. Check that it runs.", e);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the servers of the cluster, as this one knows them. */
    public Membership membership() {
        return membership;
    }

    /** Returns whether Redis is connected, and what was sent and received. */
    public ClusterStatus status() {
        return new ClusterStatus(link.connected() && link.subscribed(), traffic.sent(), traffic.dropped(),
                traffic.received(), traffic.rejected(), traffic.failed(), traffic.gaps(),
                routing.refusedSignatures());
    }

    /** Leaves the cluster. The server remains usable for its own clients. Blocks for at most a few seconds. */
    @Override
    public void close() {
        relay.close();
        try {
            membership.leave().get(LEAVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Redis could not be told that this server leaves: the others notice within 15 s");
        }
        timeouts.close();
        link.close();
    }
}
