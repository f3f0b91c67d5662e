package dev.parley.cluster.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;

/** Gives received messages to those who subscribed. Called on the driver's event loop. */
final class ChannelListener extends RedisPubSubAdapter<String, byte[]> {
    private final Subscriptions channels;
    private final Subscriptions patterns;
    private final Subscriptions shards;

    ChannelListener(Subscriptions channels, Subscriptions patterns, Subscriptions shards) {
        this.shards = shards;
        this.channels = channels;
        this.patterns = patterns;
    }

    @Override
    public void message(String channel, byte[] message) {
        channels.deliver(channel, channel, message);
    }

    @Override
    public void smessage(String channel, byte[] message) {
        shards.deliver(channel, channel, message);
    }

    @Override
    public void message(String pattern, String channel, byte[] message) {
        patterns.deliver(pattern, channel, message);
    }
}
