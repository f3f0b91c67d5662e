package dev.parley.server.http.connection;

import dev.parley.server.engine.ClientNetwork;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the connections of an HTTP server to their limits, from their opening. WebSockets count until they are closed. Safe from any event loop.
 * <p>The channel of a connection is in a package that Vert.x exports to nobody. On the module path, where that counts, connections have no limits
 * unless the JVM has the option that the log names.
 */
// A listener of a channel's end cannot fail.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ConnectionGuard {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
    private static final String HIDDEN = "io.vertx.core.http.impl";
    private static final boolean SEES_CHANNELS = HttpConnection.class.getModule()
            .isExported(HIDDEN, ConnectionGuard.class.getModule());
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final ConnectionLimits limits;
    private final Predicate<String> trusted;
    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong lastLine = new AtomicLong(System.nanoTime() - MINUTE);

    /** @param trusted whether an address is a trusted proxy's */
    public ConnectionGuard(ConnectionLimits limits, Predicate<String> trusted) {
        this.limits = limits;
        this.trusted = trusted;
        if (!SEES_CHANNELS) {
            LOG.warn(
                    "Connections have no limits and deadlines: on the module path they need --add-exports io.vertx.core/{}={}",
                    HIDDEN, ConnectionGuard.class.getModule().getName());
        }
    }

    /** Takes notice of a connection, on its event loop. Closes it if its client has too many. */
    public void opened(HttpConnection connection) {
        if (!SEES_CHANNELS || !(connection instanceof HttpServerConnection server)) {
            return;
        }
        Channel channel = server.channelHandlerContext().channel();
        String peer = String.valueOf(connection.remoteAddress().hostAddress());
        boolean proxy = trusted.test(peer);
        if (proxy || limits.perAddress() == 0 || enters(channel, ClientNetwork.of(peer))) {
            RequestDeadlines.install(channel, limits, proxy);
        } else {
            refuse(channel, peer);
        }
    }

    private boolean enters(Channel channel, String network) {
        int now = open.merge(network, 1, Integer::sum);
        channel.closeFuture()
                .addListener(closed -> open.computeIfPresent(network,
                        (key, count) -> count == 1 ? null : Integer.valueOf(count - 1)));
        return now <= limits.perAddress();
    }

    private void refuse(Channel channel, String peer) {
        channel.close();
        refused.incrementAndGet();
        long last = lastLine.get();
        if (System.nanoTime() - last >= MINUTE && lastLine.compareAndSet(last, System.nanoTime())) {
            LOG.atWarn()
                    .addKeyValue("remote", peer)
                    .addKeyValue("refused", refused.getAndSet(0))
                    .addKeyValue("most", limits.perAddress())
                    .log("an address has too many connections; further ones are closed");
        }
    }
}
