package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published Java client, in each transport mode and both directions. */
@Tag("real-time")
class JavaClientIT {
    private static final int BURST = 10_000;
    private final TestServer server = TestServer.start(ServerOptions.builder().allowEIO3(true).build());
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(Socket::close);
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void numbersEveryMessageWhileTheTransportChanges(String transports) throws Exception {
        var client = client(transports);
        var down = new Numbers(client, "down", TestServer.COUNT);
        connect(client);
        for (int i = 0; i < TestServer.COUNT; i++) {
            client.emit("up", i);
            if (i % 20 == 0) {
                // Spread over the time of the upgrade; nothing waits on this pause.
                LockSupport.parkNanos(1_000_000);
            }
        }
        var report = (JSONObject) ask(client, "up-report")[0];
        assertThat(report.getInt("count")).isEqualTo(TestServer.COUNT);
        assertThat(report.getBoolean("inOrder")).isTrue();
        down.all();
        String last = transports.endsWith("websocket") ? "websocket" : "polling";
        assertThat(until(client, last)).isEqualTo(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void carriesBurstsWhole(String transports) throws Exception {
        var client = client(transports);
        var down = new Numbers(client, "burst", BURST);
        connect(client);
        client.emit("burst", BURST);
        for (int i = 0; i < BURST; i++) {
            client.emit("up", i);
        }
        var report = (JSONObject) ask(client, "up-report")[0];
        assertThat(report.getInt("count")).isEqualTo(BURST);
        assertThat(report.getBoolean("inOrder")).isTrue();
        down.all();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "polling,websocket"})
    void carriesLargeBinaryAndTextBeyondAscii(String transports) throws Exception {
        var client = client(transports);
        client.on("binary-question", values -> ((Ack) values[1]).call(values[0]));
        connect(client);
        byte[] bytes = TestServer.filled(300_000);
        var echoed = new LinkedBlockingQueue<Object[]>();
        client.on("echo", echoed::add);
        client.emit("echo", bytes, "grüße 👋 \u001e\"\\", TestServer.filled(3));
        var back = echoed.poll(60, TimeUnit.SECONDS);
        assertThat(back).as("%s %s", server.reasons, server.news).isNotNull();
        assertThat((byte[]) back[0]).isEqualTo(bytes);
        assertThat(back[1]).isEqualTo("grüße 👋 \u001e\"\\");
        assertThat((byte[]) back[2]).isEqualTo(TestServer.filled(3));
        assertThat((byte[]) ask(client, "make-binary", 300_000)[0]).isEqualTo(bytes);
        assertThat(ask(client, "ask-binary")[0]).isEqualTo("300000 the same");
    }

    private Socket client(String transports) {
        var options = IO.Options.builder()
                .setTransports(transports.split(","))
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(Map.of("token", "abc"))
                .build();
        var client = IO.socket(URI.create(server.url()), options);
        clients.add(client);
        return client;
    }

    private static void connect(Socket client) throws Exception {
        var connected = new CompletableFuture<String>();
        client.on(Socket.EVENT_CONNECT, values -> connected.complete("connected"));
        client.on(Socket.EVENT_CONNECT_ERROR, values -> connected.complete(String.valueOf(values[0])));
        client.connect();
        assertThat(connected.get(60, TimeUnit.SECONDS)).isEqualTo("connected");
    }

    private static Object[] ask(Socket client, String event, Object... values) throws Exception {
        var answer = new CompletableFuture<Object[]>();
        client.emit(event, values, answer::complete);
        return answer.get(60, TimeUnit.SECONDS);
    }

    /** The transport that the server names, once the upgrade has had its time. */
    private static Object until(Socket client, String wanted) throws Exception {
        Object named = ask(client, "transport")[0];
        for (int i = 0; i < 1_200 && !named.equals(wanted); i++) {
            LockSupport.parkNanos(50_000_000);
            named = ask(client, "transport")[0];
        }
        return named;
    }

    /** The numbers of one event, which have to come each once and in order. */
    private static final class Numbers {
        private final List<Integer> seen = new ArrayList<>();
        private final CompletableFuture<Boolean> last = new CompletableFuture<>();
        private final int count;

        Numbers(Socket client, String event, int count) {
            this.count = count;
            client.on(event, values -> {
                seen.add((Integer) values[0]);
                if ((Integer) values[0] == count - 1) {
                    last.complete(true);
                }
            });
        }

        void all() throws Exception {
            last.get(60, TimeUnit.SECONDS);
            assertThat(seen).isEqualTo(IntStream.range(0, count).boxed().toList());
        }
    }
}
