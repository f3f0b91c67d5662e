package dev.parley.cluster.relay;

import dev.parley.cluster.broker.RedisLink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A Redis that takes everything, and from which nothing comes. */
class SilentLink implements RedisLink, RedisLink.Channels {
    @Override
    public CompletionStage<Long> publish(String channel, byte[] message) {
        return CompletableFuture.completedStage(1L);
    }

    @Override
    public CompletionStage<Long> subscribers(String channel) {
        return CompletableFuture.completedStage(1L);
    }

    @Override
    public Subscription subscribe(List<String> names, Listener listener) {
        return () -> {};
    }

    @Override
    public boolean connected() {
        return true;
    }

    @Override
    public RedisLink.Channels channels() {
        return this;
    }

    @Override
    public RedisLink.Channels shardChannels() {
        return this;
    }

    @Override
    public Subscription subscribePattern(String pattern, Listener listener) {
        return () -> {};
    }

    @Override
    public CompletionStage<Long> addToStream(String stream, Map<String, String> fields) {
        return CompletableFuture.completedStage(0L);
    }

    @Override
    public Subscription readStream(String stream, StreamListener listener) {
        return () -> {};
    }

    @Override
    public CompletionStage<List<StreamEntry>> range(String stream, String first, String last, int count) {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public Keys keys() {
        throw new UnsupportedOperationException("a relay keeps no keys");
    }
}
