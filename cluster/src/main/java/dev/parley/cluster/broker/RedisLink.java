package dev.parley.cluster.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The commands of Redis that the brokers need. Safe from any thread; no method blocks. */
public interface RedisLink {
    /** Whether messages can be published, and come: without its own subscription, a server receives no responses. */
    boolean connected();

    /** Channels that every node of Redis knows. */
    Channels channels();

    /** Subscribes to the channels that match a glob pattern of Redis. */
    Subscription subscribePattern(String pattern, Listener listener);

    /** Channels that belong to a shard of Redis Cluster; they know no patterns. */
    Channels shardChannels();

    /**
     * Adds an entry to a stream, whose oldest entries go when it is long. Completes as {@link Channels#publish}, without a number that means
     * anything.
     */
    CompletionStage<Long> addToStream(String stream, Map<String, String> fields);

    /**
     * Reads the entries of a stream that are added from now on, also after a reconnection. The listener is first called with the entry after which
     * reading begins, without fields.
     */
    Subscription readStream(String stream, StreamListener listener);

    /** Reads entries of a stream, oldest first, from one id to another, both included. */
    CompletionStage<List<StreamEntry>> range(String stream, String first, String last, int count);

    /** Keys with a text as value. */
    Keys keys();

    /** Receives the entries of a stream in order, on one thread at a time, which it must not block. */
    @FunctionalInterface
    interface StreamListener {
        /** An entry was added. */
        void on(StreamEntry entry);

        /** Entries before the next one were removed before they could be read here, or Redis has lost its data. */
        default void missed() {}
    }

    /**
     * An entry of a stream.
     *
     * @param id {@code MILLISECONDS-SEQUENCE}
     */
    record StreamEntry(String id, Map<String, String> fields) {
        public StreamEntry {
            fields = Map.copyOf(fields);
        }
    }

    /** Sets, takes and deletes keys. Stages complete exceptionally when Redis is away, or too much waits for it. */
    interface Keys {
        /** Sets a key, which Redis deletes after its lifetime. */
        CompletionStage<?> set(String key, String value, Duration lifetime);

        /** Returns the value of a key, and deletes it; empty if there is none. */
        CompletionStage<Optional<String>> take(String key);

        /** Deletes a key. */
        CompletionStage<?> delete(String key);
    }

    /** Publishes and subscribes. */
    interface Channels {
        /**
         * Publishes a message.
         *
         * @return the number of subscribers that it was sent to, or {@link Long#MAX_VALUE} if Redis does not know it; completes exceptionally when it was dropped: because Redis is away, too
         *         much waits for it, or the connection broke, in which case it may have been sent
         */
        CompletionStage<Long> publish(String channel, byte[] message);

        /** Returns the number of subscribers. */
        CompletionStage<Long> subscribers(String channel);

        /** Subscribes, also again after each reconnection. */
        Subscription subscribe(List<String> channels, Listener listener);
    }

    /** Receives the messages of one subscription in order, on one thread at a time, which it must not block. */
    @FunctionalInterface
    interface Listener {
        /** A message was published. */
        void on(String channel, byte[] message);
    }

    /** Ends when it is closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
