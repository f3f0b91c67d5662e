package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published JavaScript clients under load: nothing is lost, doubled or reordered. {@code -Dparley.soak=N} makes it N times as long. */
@Tag("real-time")
class StressIT {
    private static final int SOAK = Integer.getInteger("parley.soak", 1);
    private static final int ROOMS = 5;
    private final TestServer server = TestServer.start(ServerOptions.builder().allowEIO3(true).build());

    @BeforeAll
    static void installTheClients() throws Exception {
        NodeScripts.CLIENTS.install();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"polling,4", "websocket,4", "upgrade,4", "polling,2", "websocket,2", "upgrade,2"})
    void carriesBurstsWhole(String mode, String line) throws Exception {
        for (int i = 0; i < SOAK; i++) {
            assertThat(NodeScripts.CLIENTS.node("burst.mjs", server.url(), mode, line, 10_000))
                    .endsWith("all held\n");
        }
    }

    @Test
    void sendsARoomsMessagesToThoseWhoAreInIt() throws Exception {
        var crowd = new Crowd();
        var stop = new AtomicBoolean();
        var broadcaster = Thread.ofVirtual().start(() -> crowd.broadcast(stop));
        try {
            assertThat(NodeScripts.CLIENTS.node("crowd.mjs", server.url(), 200, 10 * SOAK))
                    .endsWith("all held\n");
        } finally {
            stop.set(true);
            broadcaster.join();
        }
        assertThat(crowd.done).isGreaterThan(100);
    }

    /** A broadcaster, and rooms whose members are told how far it was when they came and went. */
    private final class Crowd {
        /** The last number whose broadcast had begun, and the last whose had ended. */
        private volatile int begun = -1;
        private volatile int done = -1;

        Crowd() {
            server.io.of("/crowd").onConnection(this::serve);
        }

        void broadcast(AtomicBoolean stop) {
            var rooms = server.io.of("/crowd");
            for (int n = 0; !stop.get(); n++) {
                begun = n;
                rooms.to("room" + n % ROOMS).emit("n", n % ROOMS, n);
                done = n;
                // The pace of a busy room; nothing waits on this pause.
                LockSupport.parkNanos(2_000_000);
            }
        }

        private void serve(Socket socket) {
            socket.on("join", event -> {
                int before = done;
                socket.join("room" + event.json(0).asInt());
                event.ack(Map.of("done", before, "begun", begun));
            });
            socket.on("leave", event -> {
                int before = done;
                socket.leave("room" + event.json(0).asInt());
                event.ack(Map.of("done", before, "begun", begun));
            });
            socket.on("settle", event -> event.ack());
        }
    }
}
