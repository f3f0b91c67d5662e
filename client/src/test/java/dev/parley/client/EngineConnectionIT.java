package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.engine.EnginePacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session over polling whose server responds to the handshake, and holds every later request until the test is over. */
class EngineConnectionIT {
    private static final String HANDSHAKE = "0{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":25000,"
            + "\"pingTimeout\":20000,\"maxPayload\":1000000}";
    private final BlockingQueue<String> posts = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void sendIsRefusedWhileTheSessionCloses() throws Exception {
        var options = ClientOptions.defaults().withMode(TransportMode.POLLING);
        var address = Address.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), options);
        try (var http = Wire.newHttpClient(options)) {
            var connection = EngineConnection.open(new Wire(http, address, options), new Ends(),
                    Duration.ofSeconds(60));
            var closing = CompletableFuture.runAsync(() -> close(connection),
                    task -> Thread.ofVirtual().start(task));
            assertThat(posts.poll(60, TimeUnit.SECONDS)).as("the close packet").isEqualTo("1");
            assertThatThrownBy(() -> connection.send(List.of(new EnginePacket.Message("late"))))
                    .isInstanceOfSatisfying(ClientException.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(Kind.CLOSED));
            closing.get(60, TimeUnit.SECONDS);
            assertThat(ends).containsExactly("io client disconnect");
            assertThat(posts).isEmpty();
            http.shutdownNow();
        }
    }

    private static void close(EngineConnection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                posts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            if (exchange.getRequestURI().getQuery().contains("sid=")) {
                over.await();
            }
            byte[] body = HANDSHAKE.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Ends implements EngineConnection.Listener {
        @Override
        public void awaitRoom() {}

        @Override
        public void message(EnginePacket packet) {}

        @Override
        public void upgraded(Duration after) {}

        @Override
        public void upgradeFailed(String reason) {}

        @Override
        public void ended(String reason) {
            ends.add(reason);
        }
    }
}
