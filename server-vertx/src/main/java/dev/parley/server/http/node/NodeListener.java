package dev.parley.server.http.node;

import dev.parley.server.ListenOptions;
import dev.parley.server.engine.SessionRouting;
import dev.parley.server.http.loop.EventLoops;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for requests of other servers of the cluster. A request without a valid signature gets status 403, and nothing else; one that is
 * signed for another server gets 421. Stateless.
 */
public final class NodeListener {
    /** The method of a request that says that a poll response did not reach the client. */
    public static final String LOST = "DELETE";

    /** A header of responses to other servers: the session has ended, or there never was one. */
    public static final String UNKNOWN_SESSION = "Parley-Unknown-Session";

    /** A header of responses to other servers, with status 503: this one opens no sessions now, and another may be asked. */
    public static final String OPENS_NONE = "Parley-Opens-None";

    /** The method of a request that asks the owner to respond to the pending poll of a session now. */
    public static final String RELEASE = "PUT";

    /** The status of a response to a request that is meant for another server, which had this address before. */
    static final int MISDIRECTED = 421;

    private static final Logger LOG = LoggerFactory.getLogger(NodeListener.class);

    private NodeListener() {}

    /**
     * Listens, and tells the routing where. Blocks until it listens; called on no event loop.
     *
     * @param base    options that let as much through as those of the server for clients
     * @param idle    how long a connection may be silent
     * @param loops   number of event loops
     * @param faults  receives the faults of connections
     * @param handler of the signed requests
     */
    public static void open(Vertx vertx, SessionRouting routing, HttpServerOptions base, Duration idle,
            int loops, Handler<Throwable> faults,
            BiConsumer<HttpServerRequest, NodeSignature.Fields> handler) {
        var listener = routing.listener();
        var verifier = new NodeVerifier(routing.tag(), routing.secrets());
        var warned = new AtomicBoolean();
        // The servers that made connections close them earlier, so that none is closed as a request comes.
        var options = base.setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setIdleTimeout(Math.toIntExact(idle.toSeconds()))
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        listener.tls()
                .ifPresent(tls -> options.setSsl(true)
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setKeyCertOptions(new PemKeyCertOptions().addCertPath(tls.certificate().toString())
                                .addKeyPath(tls.key().toString()))
                        .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority().toString())));
        int port = EventLoops.listen(vertx, options, request -> {
            String header = request.getHeader(NodeSignature.HEADER);
            var fields = header == null ? Optional.<NodeSignature.Fields>empty()
                    : verifier.verify(request.method().name(), request.uri(), header,
                            routing.clusterMillis());
            if (fields.isPresent()) {
                request.headers().remove(NodeSignature.HEADER); // of no concern to the application
                handler.accept(request, fields.get());
            } else if (header != null
                    && verifier.isForAnother(request.method().name(), request.uri(), header)) {
                request.response().setStatusCode(MISDIRECTED).putHeader("Connection", "close");
                request.response().end().onComplete(end -> request.connection().close());
            } else {
                routing.refusedSignature();
                if (warned.compareAndSet(false, true)) {
                    LOG.warn(
                            "A request without a valid signature came to the listener for other servers. Check that all"
                                    + " servers have the same secret. Further ones are only counted.");
                }
                request.response().setStatusCode(403).putHeader("Connection", "close");
                request.response().end().onComplete(end -> request.connection().close());
            }
        }, faults,
                ListenOptions.builder()
                        .host(listener.host())
                        .port(listener.port())
                        .eventLoops(loops)
                        .build());
        routing.listening(port, new LocalRelay(vertx, listener, port));
    }
}
