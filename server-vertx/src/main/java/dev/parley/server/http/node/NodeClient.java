package dev.parley.server.http.node;

import dev.parley.server.engine.NodeRelay.Header;
import dev.parley.server.engine.SessionRouting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests for other servers, and connects to them. Connections are kept alive; a pending poll and a WebSocket occupy one each. Safe from any event loop.
 * Limits: {@value #MAX_CONNECTIONS} connections to each server, and {@value #MAX_WAITING} requests that wait for one; 5 s to connect.
 */
public final class NodeClient {
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int MAX_WAITING = 1_000;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int SENDER_BYTES = 12;

    private final SessionRouting routing;
    private final NodeSignature signature;
    private final String sender;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, Set<ForeignRequest>> ongoing = new ConcurrentHashMap<>();
    private volatile @Nullable HttpClient client;

    /** Creates a client that has no connection. */
    public NodeClient(SessionRouting routing) {
        this.routing = routing;
        this.signature = new NodeSignature(routing.secrets());
        byte[] random = new byte[SENDER_BYTES];
        new SecureRandom().nextBytes(random);
        this.sender = HexFormat.of().formatHex(random);
        routing.onLeaving(this::release);
        routing.onGone(
                tag -> Set.copyOf(ongoing.getOrDefault(tag, Set.of())).forEach(ForeignRequest::ownerGone));
    }

    /** Asks the owners of all sessions whose polls are pending here to respond to them now, since this server is about to end. */
    private void release() {
        ongoing.values().forEach(requests -> requests.forEach(ForeignRequest::release));
    }

    /** Forwards a request. Any thread. */
    public void forward(ForwardedRequest request) {
        new ForeignRequest(this, request).start();
    }

    SessionRouting routing() {
        return routing;
    }

    /** Returns the headers with the one that signs the request. */
    List<Header> signed(ForwardedRequest request, String method, byte[] body) {
        var headers = new ArrayList<>(request.headers());
        headers.add(new Header(NodeSignature.HEADER,
                signature.sign(method, request.uri(),
                        new NodeSignature.Fields(request.tag(), routing.clusterMillis(), sender,
                                numbers.incrementAndGet(), request.address(), request.secure(),
                                NodeSignature.hash(body)))));
        return headers;
    }

    /** Opens a request to a server. Called in a context, in which the future completes. */
    Future<HttpClientRequest> open(ContextInternal context, String host, int port, String method, String uri,
            List<Header> headers) {
        var options = new RequestOptions().setHost(host)
                .setPort(port)
                .setMethod(HttpMethod.valueOf(method))
                .setURI(uri)
                .setConnectTimeout(CONNECT_MILLIS);
        for (Header header : headers) {
            options.addHeader(header.name(), header.value());
        }
        try {
            return client(context.owner()).request(options);
        } catch (IllegalStateException e) {
            return Future.failedFuture(e); // this server ends, and the client has
        }
    }

    private HttpClient client(Vertx vertx) {
        var there = client;
        return there != null ? there : create(vertx);
    }

    private synchronized HttpClient create(Vertx vertx) {
        var there = client;
        if (there == null) {
            there = vertx.createHttpClient(options(routing.listener()),
                    new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(MAX_WAITING));
            client = there;
        }
        return there;
    }

    static HttpClientOptions options(SessionRouting.Listener listener) {
        var options = new HttpClientOptions().setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        // The authority signs servers of the cluster only; their addresses change.
        listener.tls()
                .ifPresent(tls -> options.setSsl(true)
                        .setVerifyHost(false)
                        .setKeyCertOptions(new PemKeyCertOptions().addCertPath(tls.certificate().toString())
                                .addKeyPath(tls.key().toString()))
                        .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority().toString())));
        return options;
    }

    void began(ForeignRequest request, String tag) {
        // In one step: the set may be removed as the last request of it ends.
        ongoing.compute(tag, (name, requests) -> {
            var all = requests == null ? ConcurrentHashMap.<ForeignRequest>newKeySet() : requests;
            all.add(request);
            return all;
        });
    }

    void ended(ForeignRequest request, String tag) {
        ongoing.computeIfPresent(tag, (name, requests) -> {
            requests.remove(request);
            return requests.isEmpty() ? null : requests;
        });
    }
}
