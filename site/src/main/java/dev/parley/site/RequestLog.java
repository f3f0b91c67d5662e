package dev.parley.site;

import dev.parley.server.http.TrustedProxies;
import dev.parley.settings.Settings.LogRequests;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import io.vertx.core.spi.observability.HttpRequest;
import io.vertx.core.spi.observability.HttpResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs one line per request after its response, or when the client disconnects. Omits the body and the query, which may contain a session id.
 *
 * <p>
 * It receives the metrics events of Vert.x and so sees each request of the server, with any handler and any end. Called
 * from event loops, for one request always from the same one.
 */
public final class RequestLog implements HttpServerMetrics<RequestLog.Line, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final int LONGEST_PATH = 100;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final String socketPath;
    private final LogRequests which;
    private final TrustedProxies proxies;
    private final LineLimit lines;

    /** A request that has not ended. */
    static final class Line {
        private final long start = System.nanoTime();
        private final HttpRequest request;
        private int status;

        private Line(HttpRequest request) {
            this.request = request;
        }
    }

    private RequestLog(String socketPath, LogRequests which, TrustedProxies proxies, LineLimit lines) {
        this.lines = lines;
        this.socketPath = socketPath;
        this.which = which;
        this.proxies = proxies;
    }

    /**
     * Returns the factory to pass to Vert.x.
     *
     * @param lines sums up requests that failed
     */
    public static VertxMetricsFactory factory(String socketPath, LogRequests which, TrustedProxies proxies,
            LineLimit lines) {
        return new VertxMetricsFactory() {
            @Override
            public VertxMetrics metrics(VertxOptions vertx) {
                return new VertxMetrics() {
                    @Override
                    public HttpServerMetrics<?, ?> createHttpServerMetrics(HttpServerConfig config,
                            SocketAddress tcp, SocketAddress udp) {
                        return new RequestLog(socketPath, which, proxies, lines);
                    }
                };
            }
        };
    }

    @Override
    public Line requestBegin(SocketAddress remote, HttpRequest request) {
        return new Line(request);
    }

    /** Logs an upgrade at once, because its response ends only with the connection. */
    @Override
    public void responseBegin(Line line, HttpResponse response) {
        line.status = response.statusCode();
        if (line.status == SWITCHING_PROTOCOLS) {
            write(line, true);
        }
    }

    @Override
    public void responseEnd(Line line, HttpResponse response, long bytes) {
        if (line.status != SWITCHING_PROTOCOLS) {
            line.status = response.statusCode();
            write(line, true);
        }
    }

    @Override
    public void requestReset(Line line) {
        if (line.status != SWITCHING_PROTOCOLS) {
            write(line, false);
        }
    }

    private void write(Line line, boolean answered) {
        String uri = line.request.uri();
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        boolean data = path.startsWith(socketPath) && uri.indexOf("sid=", query) >= 0;
        boolean routine = which == LogRequests.NOTABLE && data && line.status == 200 && answered;
        boolean file = answered && (line.status == 200 || line.status == 304) && isFile(path);
        if (line.status >= 400 && !lines.passes("request, status " + line.status)) {
            return;
        }
        var built = LOG.atLevel(routine || file ? Level.DEBUG : Level.INFO)
                .addKeyValue("method", line.request.method().name())
                .addKeyValue("path",
                        path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "..." : path)
                .addKeyValue("status", answered ? line.status : "cut")
                .addKeyValue("ms", Duration.ofNanos(System.nanoTime() - line.start).toMillis())
                .addKeyValue("remote", client(line.request));
        String origin = line.request.headers().get("Origin");
        (origin == null ? built : built.addKeyValue("origin", origin)).log("request");
    }

    /** Returns whether the path is a file of the page, of which each visit reads many. */
    private boolean isFile(String path) {
        return path.lastIndexOf('.') > path.lastIndexOf('/') && !path.startsWith(socketPath);
    }

    /** Returns the client's address, also behind trusted proxies. */
    private String client(HttpRequest request) {
        SocketAddress peer = request.remoteAddress();
        return peer == null || peer.hostAddress() == null ? "-"
                : proxies.client(peer.hostAddress(),
                        String.join(",", request.headers().getAll("X-Forwarded-For")));
    }
}
