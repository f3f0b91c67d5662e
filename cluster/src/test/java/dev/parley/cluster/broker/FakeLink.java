package dev.parley.cluster.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A Redis with a number of subscribers, all of which subscribe to every channel. Responds at once. Not thread-safe. */
final class FakeLink implements RedisLink, RedisLink.Channels {
    final List<String> commands = new ArrayList<>();
    boolean connected = true;
    boolean full;
    int servers = 3;
    int patterns;

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public Channels channels() {
        return this;
    }

    @Override
    public Channels shardChannels() {
        return this;
    }

    @Override
    public CompletionStage<Long> publish(String channel, byte[] message) {
        commands.add("publish " + channel);
        return full ? CompletableFuture.failedStage(new IllegalStateException("full"))
                : CompletableFuture.completedStage((long) servers + patterns);
    }

    @Override
    public CompletionStage<Long> subscribers(String channel) {
        commands.add("count " + channel);
        return CompletableFuture.completedStage((long) servers);
    }

    @Override
    public CompletionStage<Long> addToStream(String stream, Map<String, String> fields) {
        commands.add("add to " + stream);
        return CompletableFuture.completedStage(1L);
    }

    @Override
    public CompletionStage<List<StreamEntry>> range(String stream, String first, String last, int count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Keys keys() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(List<String> channels, Listener listener) {
        return () -> {};
    }

    @Override
    public Subscription subscribePattern(String pattern, Listener listener) {
        return () -> {};
    }

    @Override
    public Subscription readStream(String stream, StreamListener listener) {
        return () -> {};
    }
}
