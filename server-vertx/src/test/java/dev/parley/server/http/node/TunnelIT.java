package dev.parley.server.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A WebSocket's bytes on their way through a second server, with connections of which each end is the test's. */
class TunnelIT {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(10);

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Duration stall = LONG;
    private volatile Duration lastBytes = LONG;
    private ServerSocket owners;
    private Socket client = new Socket();
    private Socket owner = new Socket();

    @BeforeEach
    void start() throws Exception {
        owners = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private void open() throws Exception {
        NetServer server = vertx.createNetServer().connectHandler(socket -> {
            socket.pause();
            vertx.createNetClient().connect(owners.getLocalPort(), "127.0.0.1").onSuccess(connected -> {
                connected.pause();
                new Tunnel(socket, connected, stall, lastBytes).begin(() -> closed.complete(null));
                socket.resume();
            });
        }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        client = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        client.setSoTimeout(60_000);
        owner = owners.accept();
        owner.setSoTimeout(60_000);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        owner.close();
        owners.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void passesBytesInBothDirectionsUntilEitherEnds() throws Exception {
        open();
        client.getOutputStream().write(1);
        assertThat(owner.getInputStream().read()).isEqualTo(1);
        byte[] much = new byte[5_000_000];
        Arrays.fill(much, (byte) 7);
        var written = CompletableFuture.runAsync(() -> write(owner, much));
        assertThat(client.getInputStream().readNBytes(much.length)).isEqualTo(much);
        written.get(60, TimeUnit.SECONDS);
        owner.getOutputStream().write(2);
        owner.close();
        assertThat(client.getInputStream().readAllBytes()).containsExactly(2);
        closed.get(60, TimeUnit.SECONDS);
    }

    @Test
    void endOfTheClientReachesTheOwner() throws Exception {
        open();
        client.getOutputStream().write(1);
        client.close();
        assertThat(owner.getInputStream().readAllBytes()).containsExactly(1);
        closed.get(60, TimeUnit.SECONDS);
    }

    @Test
    void clientThatTakesNothingIsCutOff() throws Exception {
        stall = SHORT;
        open();
        fill(owner).get(60, TimeUnit.SECONDS);
        closed.get(60, TimeUnit.SECONDS);
    }

    /** Writes more than all buffers hold: completes only when the connection ends. */
    static CompletableFuture<Void> fill(Socket socket) {
        var ended = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    socket.getOutputStream().write(new byte[1_000_000]);
                }
            } catch (IOException e) {
                ended.complete(null);
            }
        });
        return ended;
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
