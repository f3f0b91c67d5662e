package dev.parley.cluster.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;

/** Connections to one Redis; with Sentinel, to the one that it names. */
final class SingleRedis implements RedisConnections {
    private final RedisClient publisher;
    private final RedisClient subscriber;
    private final ConnectionWatch watch;

    SingleRedis(ClientResources resources, RedisURI uri, ClientOptions rejecting, ClientOptions waiting,
            ConnectionWatch watch) {
        this.watch = watch;
        publisher = RedisClient.create(resources, uri);
        publisher.setOptions(rejecting);
        subscriber = RedisClient.create(resources, uri);
        subscriber.setOptions(waiting);
    }

    @Override
    public Open commands(ConnectionState state) {
        var connection = publisher.connect(CODEC);
        state.add(connection);
        return open(connection);
    }

    @Override
    public Open reader(ConnectionState state) {
        var connection = subscriber.connect(CODEC);
        state.add(connection);
        return open(connection);
    }

    private Open open(StatefulRedisConnection<String, byte[]> connection) {
        watch.add(connection);
        return new Open(connection.async(), () -> List.of(connection));
    }

    @Override
    public StatefulRedisPubSubConnection<String, byte[]> subscriber(ConnectionState state) {
        var connection = subscriber.connectPubSub(CODEC);
        state.add(connection);
        watch.add(connection);
        return connection;
    }

    @Override
    public void shutDown() {
        publisher.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        subscriber.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
