package dev.parley.cluster.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where Redis is: the URL of one Redis, of sentinels, or of some nodes of a Redis Cluster.
 *
 * @param uris      one, or those of the given nodes
 * @param clustered whether they are nodes of a Redis Cluster
 */
record RedisAddress(List<RedisURI> uris, boolean clustered) {
    /** Scheme, user and password, nodes. */
    private static final Pattern CLUSTER = Pattern.compile("(rediss?)-cluster://(?:([^/?#]*)@)?([^@/?#]+)/?");
    private static final Pattern NODE = Pattern
            .compile("(?:\\[[0-9A-Fa-f:.]+]|[^:\\[\\]\\s]+)(?::[0-9]{1,5})?");
    private static final int MAX_NODES = 100;

    RedisAddress {
        uris = List.copyOf(uris);
    }

    /**
     * Reads a URL.
     *
     * @param name    of the connections; empty if they have none
     * @param timeout of one attempt to connect
     * @throws IllegalArgumentException if it is none of Redis's; the message omits it, since it may have a password
     */
    static RedisAddress parse(String url, String name, Duration timeout) {
        try {
            var cluster = CLUSTER.matcher(url);
            var urls = new ArrayList<String>();
            if (cluster.matches()) {
                String login = cluster.group(2) == null ? "" : cluster.group(2) + "@";
                for (String node : cluster.group(3).split(",", MAX_NODES)) {
                    if (!NODE.matcher(node).matches()) {
                        throw new IllegalArgumentException("no node");
                    }
                    urls.add(cluster.group(1) + "://" + login + node);
                }
            } else {
                urls.add(url);
            }
            var uris = urls.stream().map(RedisURI::create).toList();
            for (RedisURI uri : uris) {
                uri.setTimeout(timeout);
                if (!name.isEmpty()) {
                    uri.setClientName(name);
                }
            }
            return new RedisAddress(uris, cluster.matches());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The URL of Redis is not valid. Use redis://USER:PASSWORD@HOST:PORT, redis-sentinel://HOST:PORT,HOST:PORT/0#MASTER or "
                            + "redis-cluster://USER:PASSWORD@HOST:PORT,HOST:PORT; rediss:// and rediss-cluster:// for TLS; user and "
                            + "password can be left out.");
        }
    }

    /** Returns host and port for messages, without user and password. */
    String text() {
        var first = uris.getFirst();
        return first.getHost() == null ? "the sentinels" : first.getHost() + ":" + first.getPort();
    }
}
