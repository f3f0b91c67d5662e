package dev.parley.app;

import dev.parley.app.cluster.ClusterNode;
import dev.parley.server.ListenException;
import dev.parley.server.ListenException.Reason;
import dev.parley.server.ListenOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.HttpOptions;
import dev.parley.server.http.SocketIoHttp;
import dev.parley.settings.Settings;
import dev.parley.site.AddressLimits;
import dev.parley.site.SiteRouter;
import dev.parley.site.tls.PemCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: its options, and how it begins to listen. */
final class WebServer {
    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

    /** How long a server of a cluster takes to answer requests when it ends: its clients are other servers' too. */
    private static final Duration LEAVE_GRACE = Duration.ofSeconds(2);

    /** How often the files of the certificate are looked at. */
    private static final Duration RELOAD = Duration.ofSeconds(10);

    private WebServer() {}

    static HttpOptions httpOptions(Settings settings, AddressLimits limits) {
        return HttpOptions.builder()
                .trustedProxies(settings.web().trustedProxies())
                .maxRequestLine(settings.connection().maxRequestLine())
                .maxHeaders(settings.connection().maxHeaders())
                .limitHandshakes(limits::check)
                .maxConnectionsPerAddress(settings.visits().connections())
                .maxPacketRate(settings.visits().packets())
                .build();
    }

    /** Enables metrics, which the request log receives; disables temporary files. */
    static VertxOptions vertxOptions(int eventLoops) {
        return new VertxOptions().setEventLoopPoolSize(eventLoops)
                .setMetricsOptions(new MetricsOptions().setEnabled(true))
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false));
    }

    /** Closes idle connections, but only after the timeout for a pong. */
    private static HttpServerOptions serverOptions(HttpOptions http, Settings.Connection connection,
            Optional<PemCertificate> tls) {
        Duration idle = connection.pingInterval().plus(connection.pingTimeout()).plusSeconds(35);
        HttpServerOptions options = SocketIoHttp.serverOptions(http)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout((int) idle.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setTcpNoDelay(true);
        tls.ifPresent(manager -> options.setSsl(true)
                .setUseAlpn(true) // HTTP/2 for browsers
                .setKeyCertOptions(KeyCertOptions.wrap(manager)));
        return options;
    }

    /** Reads the certificate, and again every ten seconds if its files have changed. */
    private static Optional<PemCertificate> tls(Vertx vertx, Settings settings) {
        return settings.access().tls().map(files -> {
            try {
                var manager = PemCertificate.open(files.certificate(), files.key());
                vertx.setPeriodic(RELOAD.toMillis(), timer -> vertx.executeBlocking(() -> {
                    manager.reload();
                    return true;
                }));
                return manager;
            } catch (IOException unusable) {
                throw new StartException("TLS cannot be used: " + unusable.getMessage());
            }
        });
    }

    /**
     * Listens for other servers of the cluster, if there is one, and for clients; returns the port for clients.
     *
     * @throws StartException if it cannot listen
     */
    static int listen(Vertx vertx, SocketIoServer sockets, SiteRouter site, HttpOptions http,
            Settings settings) {
        Settings.Web web = settings.web();
        try {
            SocketIoHttp.listenForNodes(vertx, sockets, http, web.eventLoops());
        } catch (ListenException failed) {
            String port = settings.cluster()
                    .flatMap(Settings.Cluster::address)
                    .map(ClusterNode::port)
                    .map(number -> "Port " + number)
                    .orElse("A port of 127.0.0.1");
            throw new StartException(switch (failed.reason()) {
                case PORT_IN_USE ->
                    port + " for other servers is already in use. Choose another with --cluster-address.";
                case PERMISSION_DENIED -> port
                        + " for other servers is reserved for privileged users. Choose one above 1023 with --cluster-address.";
                case UNKNOWN_ADDRESS, OTHER ->
                    port + " for other servers cannot be opened: " + failed.getMessage();
            });
        }
        Optional<PemCertificate> tls = tls(vertx, settings);
        int port = web.port();
        // Each counts the connections of an address alone: those of 127.0.0.1 and ::1 have none in common.
        for (String host : web.hosts()) {
            boolean first = host.equals(web.hosts().getFirst());
            try {
                port = SocketIoHttp.listen(vertx, serverOptions(http, settings.connection(), tls), http, site,
                        ListenOptions.builder().host(host).port(port).eventLoops(web.eventLoops()).build(),
                        settings.cluster().isPresent() ? LEAVE_GRACE : Duration.ZERO);
            } catch (ListenException failed) {
                if (!first && (web.port() == 0 || failed.reason() == Reason.UNKNOWN_ADDRESS)) {
                    // A machine without IPv6, or a port that was free on the first address only.
                    LOG.info("not listening on {}: {}", host, failed.getMessage());
                } else {
                    throw cannotListen(host, port, failed);
                }
            }
        }
        return port;
    }

    private static StartException cannotListen(String host, int port, ListenException failed) {
        return new StartException(switch (failed.reason()) {
            case PORT_IN_USE -> "Port " + port + " is already in use. Choose another with --port or PORT.";
            case PERMISSION_DENIED -> "Port " + port
                    + " is reserved for privileged users. Choose one above 1023 with --port or PORT.";
            case UNKNOWN_ADDRESS -> "Host \"" + host
                    + "\" is not an address of this machine. Choose another with --host; 0.0.0.0 is all of them.";
            case OTHER -> String.valueOf(failed.getMessage());
        });
    }
}
