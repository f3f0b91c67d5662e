package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.server.ListenOptions;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limits of connections, over real ones. */
class ConnectionLimitsIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<Socket> sockets = new ArrayList<>();
    private final SocketIoServer server = SocketIoServer.create(ServerOptions.defaults());
    private final Vertx vertx = Vertx.vertx();
    private int port;

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void addressHasSoManyConnections() throws IOException {
        start(HttpOptions.builder().maxConnectionsPerAddress(3), List.of());
        for (int i = 0; i < 3; i++) {
            connect();
            assertThat(status(sockets.getLast())).startsWith("HTTP/1.1 404");
        }

        connect();
        assertThat(sockets.getLast().getInputStream().read()).isNegative();

        sockets.getFirst().close();
        await().atMost(LONG).until(() -> {
            connect();
            return isServed(sockets.getLast());
        });
    }

    @Test
    void trustedProxyHasAsManyAsItWants() throws IOException {
        start(HttpOptions.builder().maxConnectionsPerAddress(3), List.of("loopback"));
        for (int i = 0; i < 10; i++) {
            connect();
            assertThat(status(sockets.getLast())).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void slowHeadGets408AndIsCut() throws IOException {
        start(HttpOptions.builder()
                .connectionTimeouts(Duration.ofMillis(200), Duration.ofSeconds(15), Duration.ofSeconds(75)),
                List.of());
        connect();
        sockets.getLast().getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));

        String all = new String(sockets.getLast().getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(all).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void idleConnectionIsClosedAfterItsResponse() throws IOException {
        start(HttpOptions.builder()
                .connectionTimeouts(Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofSeconds(75)),
                List.of());
        connect();

        assertThat(status(sockets.getLast())).startsWith("HTTP/1.1 404");

        assertThat(sockets.getLast().getInputStream().readAllBytes()).isNotNull(); // its end comes
    }

    private void start(HttpOptions.Builder options, List<String> proxies) {
        var http = options.trustedProxies(TrustedProxies.of(proxies)).build();
        port = SocketIoHttp.listen(vertx, SocketIoHttp.serverOptions(http).setHttp2ClearTextEnabled(false),
                http, SocketIoHttp.handler(server, http),
                ListenOptions.builder().host("127.0.0.1").port(0).build(), Duration.ZERO);
    }

    private void connect() throws IOException {
        var socket = new Socket(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), port);
        socket.setSoTimeout((int) LONG.toMillis());
        sockets.add(socket);
    }

    private static boolean isServed(Socket socket) {
        try {
            return status(socket).startsWith("HTTP/1.1 404");
        } catch (IOException closed) {
            return false;
        }
    }

    /** Sends a request and returns the first line of its response, or nothing. */
    private static String status(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /no HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var line = new StringBuilder();
        for (int next = socket.getInputStream().read(); next >= 0
                && next != '\r'; next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
