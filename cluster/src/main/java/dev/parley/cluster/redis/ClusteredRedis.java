package dev.parley.cluster.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connections to the nodes of a Redis Cluster. A command goes to the node that has its key or, of Pub/Sub, its channel. Which node has what is asked for every 30 s, and at
 * once when a node redirects or is lost.
 */
final class ClusteredRedis implements RedisConnections {
    private static final Set<RedisClusterNode.NodeFlag> GONE = EnumSet.of(RedisClusterNode.NodeFlag.FAIL,
            RedisClusterNode.NodeFlag.NOADDR, RedisClusterNode.NodeFlag.HANDSHAKE);
    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Duration REFRESH_AT_MOST = Duration.ofSeconds(2);
    private static final Duration LOOK_FOR_NODES = Duration.ofSeconds(5);

    private final RedisClusterClient publisher;
    private final RedisClusterClient subscriber;
    private final ConnectionWatch watch;
    private final PingMonitor.Timer timer;
    private final Duration timeout;
    private final List<Nodes> opened = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** @param timeout for each connection */
    ClusteredRedis(ClientResources resources, List<RedisURI> uris, ClientOptions rejecting,
            ClientOptions waiting, ConnectionWatch watch, PingMonitor.Timer timer, Duration timeout) {
        this.watch = watch;
        this.timer = timer;
        this.timeout = timeout;
        publisher = RedisClusterClient.create(resources, uris);
        publisher.setOptions(options(rejecting));
        subscriber = RedisClusterClient.create(resources, uris);
        subscriber.setOptions(options(waiting));
        timer.after(LOOK_FOR_NODES, this::lookForNodes);
    }

    private static ClusterClientOptions options(ClientOptions options) {
        return ClusterClientOptions.builder(options)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(REFRESH)
                        .adaptiveRefreshTriggersTimeout(REFRESH_AT_MOST)
                        .build())
                .build();
    }

    @Override
    public Open commands(ConnectionState state) {
        var nodes = new Nodes(publisher.connect(CODEC), state);
        nodes.connect();
        opened.add(nodes);
        return new Open(nodes.cluster.async(), nodes::all);
    }

    @Override
    public Open reader(ConnectionState state) {
        return commands(state); // what waits for a node that has gone would wait for ever
    }

    @Override
    public StatefulRedisPubSubConnection<String, byte[]> subscriber(ConnectionState state) {
        var connection = subscriber.connectPubSub(CODEC);
        connection.setNodeMessagePropagation(true);
        state.add(connection);
        return connection;
    }

    private void lookForNodes() {
        if (closed) {
            return;
        }
        try {
            opened.forEach(Nodes::look);
        } finally {
            timer.after(LOOK_FOR_NODES, this::lookForNodes);
        }
    }

    @Override
    public void shutDown() {
        closed = true;
        publisher.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        subscriber.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    /** The connections to nodes that one connection to the cluster uses. */
    private final class Nodes {
        private final StatefulRedisClusterConnection<String, byte[]> cluster;
        private final ConnectionState state;
        private final ConcurrentMap<String, StatefulRedisConnection<String, byte[]>> known = new ConcurrentHashMap<>();

        Nodes(StatefulRedisClusterConnection<String, byte[]> cluster, ConnectionState state) {
            this.cluster = cluster;
            this.state = state;
        }

        /** Connects to all nodes, so that no command waits for that: those that wait are not given to Redis in their order. */
        void connect() {
            var connecting = CompletableFuture.allOf(look().toArray(CompletableFuture<?>[]::new));
            try {
                connecting.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while connecting to the nodes of Redis", e);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("a node of the Redis Cluster cannot be reached", e);
            }
        }

        /** Connects to nodes that are new, and forgets those that have gone. Returns what completes with the connections to those that have keys. */
        List<CompletableFuture<?>> look() {
            var there = new HashMap<String, RedisClusterNode>();
            for (RedisClusterNode node : cluster.getPartitions()) {
                if (Collections.disjoint(node.getFlags(), GONE)) {
                    there.put(node.getUri().getHost() + ":" + node.getUri().getPort(), node);
                }
            }
            known.forEach((name, connection) -> {
                if (!there.containsKey(name) && known.remove(name, connection)) {
                    forget(connection);
                }
            });
            var withKeys = new ArrayList<CompletableFuture<?>>();
            there.forEach((name, node) -> {
                boolean keys = node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.getSlots().isEmpty();
                var connecting = cluster.getConnectionAsync(node.getUri().getHost(), node.getUri().getPort())
                        .thenAccept(connection -> add(name, connection, keys));
                if (keys) {
                    withKeys.add(connecting);
                }
            });
            return withKeys;
        }

        private void add(String name, StatefulRedisConnection<String, byte[]> connection, boolean keys) {
            var before = known.put(name, connection);
            if (before != null && !before.equals(connection)) {
                forget(before);
            }
            watch.add(connection);
            if (keys) {
                state.add(connection);
            } else {
                state.remove(connection);
            }
        }

        private void forget(StatefulRedisConnection<String, byte[]> connection) {
            watch.remove(connection);
            state.remove(connection);
        }

        List<StatefulRedisConnection<String, byte[]>> all() {
            return List.copyOf(Map.copyOf(known).values());
        }
    }
}
