package dev.parley.cluster.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Opens the connections of one link: to a single Redis, also behind Sentinel, or to a Redis Cluster. They reconnect by themselves. Methods block until the connection
 * is there.
 */
interface RedisConnections {
    /** Keys, channels and names of fields are text; values are bytes. */
    RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** Opens a connection whose commands fail while Redis is away. */
    Open commands(ConnectionState state);

    /** Opens a connection for commands that wait for new entries of a stream. */
    Open reader(ConnectionState state);

    /** Opens a connection that is subscribed, and subscribes again after each reconnection. */
    StatefulRedisPubSubConnection<String, byte[]> subscriber(ConnectionState state);

    /** Ends all connections. Blocks for at most a few seconds. */
    void shutDown();

    /**
     * An open connection.
     *
     * @param commands those that name a key go to the node of Redis that has it
     * @param nodes    returns the connections that it uses, one for each node of Redis
     */
    record Open(RedisClusterAsyncCommands<String, byte[]> commands,
            Supplier<List<StatefulRedisConnection<String, byte[]>>> nodes) {}
}
