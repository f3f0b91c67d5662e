package dev.parley.server.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.engine.NodeRelay;
import dev.parley.server.engine.SessionRouting.Route;
import dev.parley.server.http.response.PollResponseTimeout;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client sees when the owner of its session fails. */
class ForeignRequestFaultsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String POLL = "/?EIO=4&transport=polling&sid=owner_1";

    private final FakeRouting routing = new FakeRouting();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile WeakReference<byte[]> body = new WeakReference<>(new byte[0]);
    private volatile Duration deadline = Duration.ofHours(1);
    private volatile Duration responseTimeout = LONG;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        var client = new NodeClient(routing);
        server = vertx.createHttpServer()
                .requestHandler(request -> client.forward(forwarded(request)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private ForwardedRequest forwarded(HttpServerRequest request) {
        byte[] bytes = new byte[10];
        body = new WeakReference<>(bytes);
        return new ForwardedRequest(request, (ContextInternal) Vertx.currentContext(), "owner", List.of(),
                bytes, "127.0.0.1", false, deadline, new PollResponseTimeout(responseTimeout), () -> {},
                () -> {},
                () -> request.response()
                        .end("gone, " + (Vertx.currentContext() == null ? "no" : "a") + " context"),
                () -> request.response().end("unknown"));
    }

    private HttpResponse<String> get() throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + POLL))
                .timeout(LONG)
                .build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void relayedRequestWithoutResponseEndsAtItsDeadline() throws Exception {
        deadline = Duration.ofMillis(10);
        routing.route = new Route.Relayed("owner");
        routing.relay = (request, receiver) -> new SilentCall();
        assertThat(get().body()).isEqualTo("gone, a context");
    }

    @Test
    void directRequestWithoutResponseEndsAtItsDeadline() throws Exception {
        deadline = Duration.ofMillis(10);
        try (var owner = owner()) {
            assertThat(get().body()).isEqualTo("gone, a context");
            assertThat(owner.isClosed()).isFalse();
        }
    }

    @Test
    void requestForADeadServerAtTheSameAddressIsGone() throws Exception {
        NodeListener.open(vertx, routing, new HttpServerOptions(), LONG, 1, failure -> {},
                (request, signed) -> request.response().end("handled"));
        routing.route = new Route.Direct("owner", "127.0.0.1", routing.port);
        assertThat(get().body()).isEqualTo("gone, a context");
        assertThat(routing.refused).hasValue(0);
    }

    @Test
    void bodyIsReleasedWithItsResponse() throws Exception {
        routing.route = new Route.Relayed("owner");
        routing.relay = (request, receiver) -> {
            receiver.responded(new NodeRelay.Response(200, List.of(), new byte[]{'k'}));
            return new SilentCall();
        };
        assertThat(get().body()).isEqualTo("k");
        Awaitility.await().atMost(LONG).until(() -> {
            System.gc();
            return body.get() == null;
        });
    }

    @Test
    void pollThatTheOwnerBreaksOffEndsTheConnection() throws Exception {
        try (var owner = owner();
                var client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            client.setSoTimeout(60_000);
            client.getOutputStream()
                    .write(("GET " + POLL + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            try (var asked = owner.accept()) {
                assertThat(asked.getInputStream().read()).isEqualTo('G');
                asked.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                asked.getOutputStream().write(new byte[100_000]);
                asked.shutdownOutput();
                long received = client.getInputStream().transferTo(OutputStream.nullOutputStream());
                assertThat(received).isBetween(1L, 199_999L);
            }
        }
    }

    @Test
    void clientThatDoesNotReadHoldsNoConnectionToTheOwner() throws Exception {
        responseTimeout = Duration.ofMillis(10);
        try (var owner = owner();
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
            ask(socket);
            try (var asked = owner.accept()) {
                assertThat(asked.getInputStream().read()).isEqualTo('G');
                asked.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                TunnelIT.fill(asked).get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static void ask(Socket socket) throws IOException {
        socket.getOutputStream()
                .write(("GET " + POLL + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Opens the port of the owner, to which requests are sent. */
    private ServerSocket owner() throws Exception {
        var owner = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        routing.route = new Route.Direct("owner", "127.0.0.1", owner.getLocalPort());
        return owner;
    }

    /** A request that nobody responds to. */
    private static final class SilentCall implements NodeRelay.Call {
        @Override
        public void write(byte[] bytes) {}

        @Override
        public void consumed(int bytes) {}

        @Override
        public void end() {}
    }
}
