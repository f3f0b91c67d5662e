package dev.parley.cluster.redis;

import dev.parley.cluster.broker.RedisLink;
import dev.parley.cluster.broker.Traffic;
import dev.parley.cluster.member.MemberStore;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections to Redis: one publishes, one is subscribed, one may read a stream, one may run scripts, and one may receive relayed requests. They reconnect by themselves, with growing pauses. A message that was
 * under way when the connection broke is not sent again, so that none arrives twice. Safe from any thread; the listeners are called on the
 * driver's event loop.
 */
public final class LettuceLink implements RedisLink, AutoCloseable {
    private static final int THREADS = 2;

    private final ClientResources resources;
    private final boolean clustered;
    private final ConnectionWatch watch;
    private final RedisConnections connections;
    private final RedisConnections.Open publisher;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final RedisPubSubAsyncCommands<String, byte[]> subscribed;
    private final ConnectionState publishing = new ConnectionState("publishes");
    private final ConnectionState receiving = new ConnectionState("is subscribed");
    private final ConnectionState reading = new ConnectionState("reads the stream");
    private final ConnectionState scripting = new ConnectionState("runs scripts");
    private final ConnectionState relaying = new ConnectionState("receives requests of other servers");
    private final DriverThreads driverThreads = new DriverThreads();
    private final CommandOrder order = new CommandOrder(driverThreads::current);
    private final PendingPublications pending;
    private final LettuceKeys keys;
    private final RefusedSubscriptions refusals = new RefusedSubscriptions();
    private final Subscriptions channels;
    private final Subscriptions patterns;
    private final Subscriptions shards;
    private final @Nullable StreamReader reader;

    private LettuceLink(RedisAddress address, Optional<Path> trusted, LinkLimits limits, Traffic traffic,
            Optional<String> stream) {
        pending = new PendingPublications(limits, traffic, order);
        resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .nettyCustomizer(driverThreads)
                .reconnectDelay(() -> Delay.fullJitter(Duration.ofMillis(50), limits.maxReconnectDelay(), 50,
                        TimeUnit.MILLISECONDS))
                .build();
        clustered = address.clustered();
        watch = new ConnectionWatch(this::after, limits.pingInterval());
        connections = connections(address, trusted, limits);
        try {
            publisher = connections.commands(publishing);
            commands = publisher.commands();
            keys = new LettuceKeys(publisher, order, limits, publishing::isConnected);
            StatefulRedisPubSubConnection<String, byte[]> in = connections.subscriber(receiving);
            subscribed = in.async();
            channels = new Subscriptions(name -> refusals.watch(name, subscribed.subscribe(name)),
                    name -> refusals.forget(name, subscribed.unsubscribe(name)));
            patterns = new Subscriptions(name -> refusals.watch(name, subscribed.psubscribe(name)),
                    name -> refusals.forget(name, subscribed.punsubscribe(name)));
            shards = new Subscriptions(name -> refusals.watch(name, subscribed.ssubscribe(name)),
                    name -> refusals.forget(name, subscribed.sunsubscribe(name)));
            in.addListener(new ChannelListener(channels, patterns, shards));
            if (stream.isEmpty()) {
                reader = null;
            } else {
                reader = new StreamReader(stream.get(),
                        new LettuceStream(stream.get(), connections.reader(reading).commands()), this::after,
                        traffic::countGap);
                reader.start();
                reader.awaitBegin(limits.connectTimeout());
            }
        } catch (RuntimeException e) {
            shutDown();
            throw e;
        }
    }

    private RedisConnections connections(RedisAddress address, Optional<Path> trusted, LinkLimits limits) {
        var rejecting = options(limits, trusted)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .build();
        var waiting = options(limits, trusted).build();
        return address.clustered()
                ? new ClusteredRedis(resources, address.uris(), rejecting, waiting, watch, this::after,
                        limits.connectTimeout())
                : new SingleRedis(resources, address.uris().getFirst(), rejecting, waiting, watch);
    }

    static ClientOptions.Builder options(LinkLimits limits, Optional<Path> trusted) {
        var tls = SslOptions.builder().jdkSslProvider();
        // No timeouts of commands: what Redis does not confirm stays counted as pending until the connection ends.
        return ClientOptions.builder()
                .sslOptions(trusted.map(file -> tls.trustManager(file.toFile())).orElse(tls).build())
                .autoReconnect(true)
                .pingBeforeActivateConnection(true)
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(limits.connectTimeout())
                        .keepAlive(SocketOptions.KeepAliveOptions.builder()
                                .enable()
                                .idle(Duration.ofSeconds(30))
                                .interval(Duration.ofSeconds(10))
                                .count(3)
                                .build())
                        .build());
    }

    /**
     * Opens a connection for scripts, which ends with this link. Blocks until it is connected.
     *
     * @throws RedisAwayException when Redis cannot be reached
     */
    public ScriptConnection scripts() {
        try {
            return new ScriptConnection(connections.commands(scripting).commands(), scripting::isConnected);
        } catch (RuntimeException e) {
            throw new RedisAwayException("the address of the other connections", e);
        }
    }

    /**
     * Opens a connection for requests that are relayed to this server, which ends with this link; they are published beside the broadcasts, but not counted among
     * them: who publishes bounds them. Redis ends a subscriber for which too much waits: that must not be the one that receives broadcasts. Called once. Blocks
     * until it is connected.
     *
     * @throws RedisAwayException when Redis cannot be reached
     */
    public Channels relay() {
        try {
            StatefulRedisPubSubConnection<String, byte[]> in = connections.subscriber(relaying);
            var received = in.async();
            var names = new Subscriptions(name -> refusals.watch(name, received.subscribe(name)),
                    name -> refusals.forget(name, received.unsubscribe(name)));
            in.addListener(new ChannelListener(names, names, names));
            return new RelayChannels(names);
        } catch (RuntimeException e) {
            throw new RedisAwayException("the address of the other connections", e);
        }
    }

    private Runnable after(Duration delay, Runnable action) {
        var task = resources.eventExecutorGroup().schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> task.cancel(false);
    }

    /** Connects as {@link #connect(String, Optional, LinkLimits, Traffic, Optional)}, with the certificates that the Java runtime trusts. */
    public static LettuceLink connect(String url, LinkLimits limits, Traffic traffic,
            Optional<String> stream) {
        return connect(url, Optional.empty(), limits, traffic, stream);
    }

    /**
     * Connects. Blocks until all connections are there.
     *
     * @param trusted a PEM file with the certificates that are trusted for TLS
     * @param stream the stream that {@link #readStream} will read, if any
     * @throws IllegalArgumentException when the URL is none of Redis's; the message omits it, since it may have a password
     * @throws RedisAwayException       when Redis cannot be reached, or refuses the login
     */
    public static LettuceLink connect(String url, Optional<Path> trusted, LinkLimits limits, Traffic traffic,
            Optional<String> stream) {
        return connect(url, "", trusted, limits, traffic, stream);
    }

    /**
     * Connects as above.
     *
     * @param instance of the member, by which others find its connections when it has died; empty if it is none
     */
    public static LettuceLink connect(String url, String instance, Optional<Path> trusted, LinkLimits limits,
            Traffic traffic, Optional<String> stream) {
        var address = RedisAddress.parse(url, instance.isEmpty() ? "" : LettuceMembers.clientName(instance),
                limits.connectTimeout());
        try {
            return new LettuceLink(address, trusted, limits, traffic, stream);
        } catch (RuntimeException e) {
            throw new RedisAwayException(address.text(), e);
        }
    }

    @Override
    public Channels channels() {
        return new PlainChannels();
    }

    @Override
    public Subscription subscribePattern(String pattern, Listener listener) {
        return patterns.add(List.of(pattern), listener);
    }

    /** Whether the connection that publishes and the one that is subscribed are there. */
    @Override
    public boolean connected() {
        return publishing.isConnected() && receiving.isConnected();
    }

    /** Returns whether Redis has refused no subscription that is needed now. */
    public boolean subscribed() {
        return refusals.isEmpty();
    }

    /** Returns the members of the cluster with this prefix. */
    public MemberStore members(String prefix) {
        return new LettuceMembers(publisher, channels(), publishing::isConnected, prefix);
    }

    /** Calls back each time one of the connections of {@link #relay} is lost: messages may be lost with it. */
    public void onRelayDisconnected(Runnable listener) {
        publishing.onDisconnected(listener);
        relaying.onDisconnected(listener);
    }

    /** Returns the number of bytes that Redis has not confirmed. */
    public long waitingBytes() {
        return pending.waitingBytes();
    }

    /** Disconnects. Blocks for at most a few seconds. */
    @Override
    public void close() {
        publishing.closing();
        receiving.closing();
        reading.closing();
        scripting.closing();
        relaying.closing();
        if (reader != null) {
            reader.close();
        }
        keys.await(Duration.ofSeconds(1));
        shutDown();
    }

    private void shutDown() {
        watch.close();
        connections.shutDown();
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    @Override
    public Channels shardChannels() {
        return new ShardChannels();
    }

    @Override
    public CompletionStage<Long> addToStream(String stream, Map<String, String> fields) {
        var body = new LinkedHashMap<String, byte[]>();
        int size = 0;
        for (var field : fields.entrySet()) {
            byte[] value = field.getValue().getBytes(StandardCharsets.UTF_8);
            size += value.length;
            body.put(field.getKey(), value);
        }
        return pending.publish(size, publishing.isConnected(),
                () -> new LettuceStream(stream, commands).add(body).thenApply(id -> 1L));
    }

    @Override
    public Subscription readStream(String stream, StreamListener listener) {
        if (reader == null || !reader.stream().equals(stream)) {
            throw new IllegalStateException("not connected for the stream " + stream);
        }
        return reader.add(listener);
    }

    @Override
    public CompletionStage<List<StreamEntry>> range(String stream, String first, String last, int count) {
        return new LettuceStream(stream, commands).range(first, last, count);
    }

    @Override
    public Keys keys() {
        return keys;
    }

    private final class ShardChannels implements Channels {
        @Override
        public CompletionStage<Long> publish(String channel, byte[] message) {
            return pending.publish(message.length, publishing.isConnected(),
                    () -> commands.spublish(channel, message));
        }

        @Override
        public CompletionStage<Long> subscribers(String channel) {
            return commands.pubsubShardNumsub(channel).thenApply(counts -> counts.getOrDefault(channel, 0L));
        }

        @Override
        public Subscription subscribe(List<String> names, Listener listener) {
            return shards.add(names, listener);
        }
    }

    private final class PlainChannels implements Channels {
        @Override
        public CompletionStage<Long> publish(String channel, byte[] message) {
            return pending.publish(message.length, publishing.isConnected(),
                    () -> publishNow(channel, message));
        }

        @Override
        public CompletionStage<Long> subscribers(String channel) {
            return count(channel);
        }

        @Override
        public Subscription subscribe(List<String> names, Listener listener) {
            return channels.add(names, listener);
        }
    }

    private final class RelayChannels implements Channels {
        private final Subscriptions names;

        private RelayChannels(Subscriptions names) {
            this.names = names;
        }

        @Override
        public CompletionStage<Long> publish(String channel, byte[] message) {
            return publishing.isConnected() ? order.send(() -> publishNow(channel, message))
                    : CompletableFuture.failedStage(new IllegalStateException("Redis is not connected"));
        }

        @Override
        public CompletionStage<Long> subscribers(String channel) {
            return count(channel);
        }

        @Override
        public Subscription subscribe(List<String> channels, Listener listener) {
            return names.add(channels, listener);
        }
    }

    private CompletionStage<Long> publishNow(String channel, byte[] message) {
        // A node of Redis Cluster counts its own subscribers only.
        return commands.publish(channel, message)
                .thenApply(receivers -> clustered ? Long.MAX_VALUE : receivers);
    }

    private CompletionStage<Long> count(String channel) {
        var counts = publisher.nodes()
                .get()
                .stream()
                .map(node -> node.async().pubsubNumsub(channel).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(counts.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> counts.stream()
                        .mapToLong(each -> each.join().getOrDefault(channel, 0L))
                        .sum());
    }
}
