package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The published clients in one room, on every transport: JavaScript of both lines, whose part is {@code mixed.mjs}, and Java. One of each
 * language speaks, at once; everybody hears both, whole and in order.
 */
@Tag("real-time")
class MixedRoomIT {
    private static final int COUNT = 300 * Integer.getInteger("parley.soak", 1);
    private final TestServer server = TestServer.start(ServerOptions.builder().allowEIO3(true).build());
    private final List<Listener> listeners = new ArrayList<>();

    @BeforeAll
    static void installTheClients() throws Exception {
        NodeScripts.CLIENTS.install();
    }

    @AfterEach
    void stop() {
        listeners.forEach(listener -> listener.socket.close());
        server.close();
    }

    @Test
    void allKindsOfClientsReceiveTheSameEvents() throws Exception {
        for (String transports : new String[]{"polling", "websocket", "polling,websocket"}) {
            listeners.add(new Listener(transports.split(",")));
        }
        for (Listener listener : listeners) {
            listener.connect();
        }
        var speaker = listeners.getFirst().socket;
        speaker.once("told", first -> {
            for (int n = COUNT; n < 2 * COUNT; n++) {
                speaker.emit("tell-all", n, "grüße 👋", new byte[]{0, 4, (byte) n});
            }
        });
        assertThat(NodeScripts.CLIENTS.node("mixed.mjs", server.url(), COUNT)).endsWith("all held\n");
        for (Listener listener : listeners) {
            var heard = listener.heard();
            assertThat(heard).filteredOn(said -> said.n < COUNT).isEqualTo(said(0));
            assertThat(heard).filteredOn(said -> said.n >= COUNT).isEqualTo(said(COUNT));
        }
    }

    private static List<Said> said(int from) {
        return IntStream.range(from, from + COUNT)
                .mapToObj(n -> new Said(n, "grüße 👋", HexFormat.of().formatHex(new byte[]{0, 4, (byte) n})))
                .toList();
    }

    private record Said(int n, String text, String bytes) {}

    /** A Java client and what it hears. */
    private final class Listener {
        private final BlockingQueue<String> connected = new LinkedBlockingQueue<>();
        private final BlockingQueue<Said> told = new LinkedBlockingQueue<>();
        private final Socket socket;

        Listener(String... transports) {
            socket = IO.socket(URI.create(server.url()),
                    IO.Options.builder()
                            .setTransports(transports)
                            .setForceNew(true)
                            .setReconnection(false)
                            .build());
            socket.on(Socket.EVENT_CONNECT, values -> connected.add("connected"));
            socket.on(Socket.EVENT_CONNECT_ERROR, values -> connected.add(String.valueOf(values[0])));
            socket.on("told", values -> told.add(new Said((Integer) values[0], (String) values[1],
                    HexFormat.of().formatHex((byte[]) values[2]))));
        }

        void connect() throws InterruptedException {
            socket.connect();
            assertThat(connected.poll(60, TimeUnit.SECONDS)).isEqualTo("connected");
        }

        List<Said> heard() throws InterruptedException {
            var heard = new ArrayList<Said>();
            while (heard.size() < 2 * COUNT) {
                var next = told.poll(60, TimeUnit.SECONDS);
                assertThat(next).as("after %s", heard.size()).isNotNull();
                heard.add(next);
            }
            assertThat(told).isEmpty();
            return heard;
        }
    }
}
