package dev.parley.cluster;

import dev.parley.cluster.member.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Options of {@link ParleyCluster#join(String, ClusterOptions)}. Immutable; created by its {@link Builder}. */
public final class ClusterOptions {
    private static final int MAX_PREFIX = 100;
    private static final int MIN_SECRET_BYTES = 32;
    private static final int MAX_SECRETS = 2;

    /** The way of messages through Redis. All servers of a cluster use the same. */
    public enum Adapter {
        /** Pub/Sub: {@code createAdapter} of {@code @socket.io/redis-adapter} 8. A server that is not connected loses the messages sent meanwhile. */
        PUBSUB,
        /** Sharded Pub/Sub: {@code createShardedAdapter} of {@code @socket.io/redis-adapter} 8. As Pub/Sub, with a channel for each room. */
        SHARDED,
        /** A stream: {@code @socket.io/redis-streams-adapter} 0.3. A server reads what was sent while it was not connected. */
        STREAMS
    }

    private final Adapter adapter;
    private final String prefix;
    private final Duration requestTimeout;
    private final int maxPendingRequests;
    private final int maxMessageBytes;
    private final int maxPendingMessages;
    private final long maxPendingBytes;
    private final Duration connectTimeout;
    private final List<String> secrets;
    private final @Nullable NodeAddress nodeAddress;
    private final @Nullable NodeAddress nodeListener;
    private final @Nullable NodeTls nodeTls;
    private final boolean recoveryByNodeJs;
    private final Optional<Path> trustedCertificates;

    private ClusterOptions(Builder from) {
        adapter = from.adapter;
        prefix = from.prefix;
        requestTimeout = from.requestTimeout;
        maxPendingRequests = from.maxPendingRequests;
        maxMessageBytes = from.maxMessageBytes;
        maxPendingMessages = from.maxPendingMessages;
        maxPendingBytes = from.maxPendingBytes;
        connectTimeout = from.connectTimeout;
        secrets = from.secrets;
        nodeAddress = from.nodeAddress;
        nodeListener = from.nodeListener;
        nodeTls = from.nodeTls;
        recoveryByNodeJs = from.recoveryByNodeJs;
        trustedCertificates = Optional.ofNullable(from.trustedCertificates);
    }

    /** Returns the defaults. */
    public static ClusterOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The way of messages through Redis. */
    public Adapter adapter() {
        return adapter;
    }

    /** The text with which the names of all channels begin. */
    public String prefix() {
        return prefix;
    }

    /** How long other servers may take to respond. */
    public Duration requestTimeout() {
        return requestTimeout;
    }

    /** The maximum number of requests of one namespace that wait for other servers. */
    public int maxPendingRequests() {
        return maxPendingRequests;
    }

    /** The maximum size of a received message, in bytes. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }

    /** The maximum number of messages that wait for Redis. */
    public int maxPendingMessages() {
        return maxPendingMessages;
    }

    /** The maximum size of the messages that wait for Redis, in bytes. */
    public long maxPendingBytes() {
        return maxPendingBytes;
    }

    /** The maximum time of one attempt to connect to Redis. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** The secrets of the cluster, in UTF-8: the first signs and encrypts, each of them verifies and decrypts. At most two; none by default. */
    public List<byte[]> secrets() {
        return secrets.stream().map(secret -> secret.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** The address at which other servers reach this one; empty if they cannot. */
    public Optional<NodeAddress> nodeAddress() {
        return Optional.ofNullable(nodeAddress);
    }

    /** The address that the listener for other servers binds; empty for the default. */
    public Optional<NodeAddress> nodeListener() {
        return Optional.ofNullable(nodeListener);
    }

    /** The PEM files with which servers authenticate each other; empty for plain HTTP. */
    public Optional<NodeTls> nodeTls() {
        return Optional.ofNullable(nodeTls);
    }

    /**
     * PEM files with which servers authenticate each other.
     *
     * @param certificate of this server, followed by those of its issuers
     * @param key         of the certificate, not encrypted, in PKCS #8
     * @param authority   the certificates that have signed those of all servers
     */
    public record NodeTls(Path certificate, Path key, Path authority) {}

    /** Whether servers on Node.js can recover clients of this server. */
    public boolean recoveryByNodeJs() {
        return recoveryByNodeJs;
    }

    /** A PEM file with the certificates that are trusted for TLS to Redis; empty for those of the Java runtime. */
    public Optional<Path> trustedCertificates() {
        return trustedCertificates;
    }

    /** Collects the options. Not thread-safe. */
    public static final class Builder {
        private Adapter adapter = Adapter.STREAMS;
        private String prefix = "socket.io";
        private Duration requestTimeout = Duration.ofSeconds(5);
        private int maxPendingRequests = 10_000;
        private int maxMessageBytes = 16_000_000;
        private int maxPendingMessages = 100_000;
        private long maxPendingBytes = 32_000_000;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private List<String> secrets = List.of();
        private @Nullable NodeAddress nodeAddress;
        private @Nullable NodeAddress nodeListener;
        private @Nullable NodeTls nodeTls;

        private boolean recoveryByNodeJs;
        private @Nullable Path trustedCertificates;

        private Builder() {}

        /** The way of messages through Redis; servers on Node.js must use the same. Default: {@link Adapter#STREAMS}. */
        public Builder adapter(Adapter value) {
            adapter = value;
            return this;
        }

        /**
         * The text with which the names of all channels begin, and the name of the stream. On Node.js, it is the option {@code key} of {@code
         * createAdapter}, {@code channelPrefix} of {@code createShardedAdapter}, and both {@code streamName} and {@code channelPrefix} of the
         * adapter for streams. Servers with different prefixes share a Redis without sharing rooms. Default: {@code socket.io}.
         *
         * @throws IllegalArgumentException when it is blank or longer than 100 characters
         */
        public Builder prefix(String value) {
            if (value.isBlank() || value.length() > MAX_PREFIX) {
                throw new IllegalArgumentException("prefix must have 1 to 100 characters");
            }
            prefix = value;
            return this;
        }

        /**
         * Timeout for the responses of other servers to {@code fetchSockets}, and to a broadcast with acknowledgements that does not say
         * how long it waits. Default: 5 s.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder requestTimeout(Duration value) {
            requestTimeout = positive("requestTimeout", value);
            return this;
        }

        /**
         * The maximum number of requests of one namespace that wait for other servers at one time. Further calls of {@code fetchSockets}
         * fail; further broadcasts with acknowledgements reach only clients of this server. Default: 10 000.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder maxPendingRequests(int value) {
            maxPendingRequests = (int) positive("maxPendingRequests", value);
            return this;
        }

        /**
         * The maximum size of a received message, in bytes. Larger ones are rejected. Default: 16 MB.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder maxMessageBytes(int value) {
            maxMessageBytes = (int) positive("maxMessageBytes", value);
            return this;
        }

        /**
         * The maximum number of messages that Redis has not confirmed yet. Further ones are dropped for other servers and counted; clients
         * of this server receive them. Default: 100 000.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder maxPendingMessages(int value) {
            maxPendingMessages = (int) positive("maxPendingMessages", value);
            return this;
        }

        /**
         * The maximum size of the messages that Redis has not confirmed yet, in bytes. Further ones are dropped as above. Default: 32 MB.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder maxPendingBytes(long value) {
            maxPendingBytes = positive("maxPendingBytes", value);
            return this;
        }

        /**
         * The maximum time of one attempt to connect to Redis. Default: 5 s.
         *
         * @throws IllegalArgumentException when it is not positive
         */
        public Builder connectTimeout(Duration value) {
            connectTimeout = positive("connectTimeout", value);
            return this;
        }

        /**
         * The secret of the cluster, the same on all servers. With it, a request may reach any server; without it, the load balancer needs
         * affinity. To replace it, give all servers the old and the new one, then the new and the old one, then the new one alone. Default: none.
         *
         * @param values one or two, each of at least 32 bytes in UTF-8
         * @throws IllegalArgumentException when there are more, or one is shorter; the message omits it
         */
        public Builder secrets(String... values) {
            if (values.length > MAX_SECRETS) {
                throw new IllegalArgumentException("secrets must be one or two, and are " + values.length);
            }
            for (String value : values) {
                if (value.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
                    throw new IllegalArgumentException("secrets must have at least 32 bytes each");
                }
            }
            secrets = List.of(values);
            return this;
        }

        /**
         * Whether servers on Node.js can recover clients of this server, with {@link Adapter#STREAMS} and connection state recovery. Broadcasts of this
         * server then reach its own clients when Redis has numbered them, at most 100 ms later; without it they do so at once, and only servers
         * of Parley understand which of them a client has. The other direction needs no option. Default: no.
         */
        public Builder recoveryByNodeJs(boolean value) {
            recoveryByNodeJs = value;
            return this;
        }

        /**
         * The address at which other servers of the cluster reach this one: {@code HOST:PORT}, on a network that clients cannot reach. Port 0
         * is any free port. Default: none; requests of other servers then come over Redis.
         *
         * @throws IllegalArgumentException when it is none
         */
        public Builder nodeAddress(String value) {
            nodeAddress = NodeAddress.parse(value);
            return this;
        }

        /**
         * The address that the listener for other servers binds: {@code HOST:PORT}. Default: {@code 0.0.0.0} and the port of {@link
         * #nodeAddress}, or without one, any free port of {@code 127.0.0.1}.
         *
         * @throws IllegalArgumentException when it is none
         */
        public Builder nodeListener(String value) {
            nodeListener = NodeAddress.parse(value);
            return this;
        }

        /** The PEM files with which servers authenticate each other; all servers need them. Default: plain HTTP. */
        public Builder nodeTls(NodeTls value) {
            nodeTls = value;
            return this;
        }

        /**
         * A PEM file with the certificates that are trusted for TLS to Redis ({@code rediss://…}), such as the one of an authority of your own. Read when
         * joining. Default: those that the Java runtime trusts.
         */
        public Builder trustedCertificates(Path value) {
            trustedCertificates = value;
            return this;
        }

        /** Returns the options. */
        public ClusterOptions build() {
            return new ClusterOptions(this);
        }

        private static long positive(String name, long value) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + " must be positive, and is " + value);
            }
            return value;
        }

        private static Duration positive(String name, Duration value) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException(name + " must be positive, and is " + value);
            }
            return value;
        }
    }
}
