package dev.parley.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.server.Handshake;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.engine.ManualLoop;
import dev.parley.server.engine.WebSocketLink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that has ended leaves no alarm behind, which would keep all of it in memory until it rang. */
class TimersTest {
    private static final int CLIENTS = 20;
    private final ManualLoop loop = new ManualLoop();
    private final SocketIoServer server = SocketIoServer.create(ServerOptions.defaults());
    private final ServerGateway gateway = ServerGateway.of(server);
    private final Link link = new Link();

    @ParameterizedTest
    @ValueSource(strings = {"client", "network", "server", "application", "refused", "shutdown"})
    void areClearedHoweverAConnectionEnds(String end) {
        for (int i = 0; i < CLIENTS; i++) {
            open("sid" + i, end.equals("refused") ? "40/unknown," : "40");
        }
        if (!end.equals("refused")) {
            server.of("/").sockets().forEach(socket -> {
                var unused = socket.callAsync(Duration.ofSeconds(20), "question");
            });
            loop.run();
            assertThat(link.questions).isEqualTo(CLIENTS);
        }
        assertThat(loop.timers()).isBetween(CLIENTS, 3 * CLIENTS);
        if (end.equals("shutdown")) {
            server.close();
        }
        for (int i = 0; i < CLIENTS; i++) {
            end(end, "sid" + i);
        }
        loop.run();
        assertThat(server.sessions()).isZero();
        assertThat(loop.timers()).isZero();
    }

    private void end(String how, String sid) {
        switch (how) {
            case "client" -> loop.runAll(() -> gateway.session(sid).orElseThrow().text(link, "1"));
            case "network" -> loop.runAll(() -> gateway.session(sid).orElseThrow().lost(link));
            case "server", "refused" ->
                loop.runAll(() -> gateway.session(sid).orElseThrow().close(CloseReason.FORCED_SERVER_CLOSE));
            case "application" -> server.of("/").sockets().forEach(socket -> socket.disconnect(true));
            default -> {}
        }
    }

    private void open(String sid, String connect) {
        var handshake = new Handshake(Map.of(), Map.of(), "10.0.0.1", "/socket.io/", Instant.EPOCH, false,
                null);
        loop.runAll(
                () -> gateway.open(sid, handshake, Framing.V4, loop, link).orElseThrow().text(link, connect));
    }

    private static final class Link implements WebSocketLink {
        private int questions;

        @Override
        public void write(List<EnginePacket> packets, long shared) {
            for (EnginePacket packet : packets) {
                if (packet instanceof EnginePacket.Message message && message.text().contains("question")) {
                    questions++;
                }
            }
        }

        @Override
        public void close() {}
    }
}
