package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.session.ClientSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SendRoomTest {
    private static final Duration NOW = Duration.ZERO;

    private static List<EnginePacket> text(int length) {
        return List.of(new EnginePacket.Message("x".repeat(length)));
    }

    @Test
    void refusesPacketsWithoutRoomInTime() throws InterruptedException {
        var room = new SendRoom(100);
        room.take(ClientSession.size(text(90)), NOW);
        assertThatThrownBy(() -> room.take(ClientSession.size(text(90)), Duration.ofMillis(10)))
                .isInstanceOfSatisfying(ClientException.class, e -> assertKind(e, Kind.TIMEOUT));
        room.give(text(90));
        assertThatCode(() -> room.take(ClientSession.size(text(90)), NOW)).doesNotThrowAnyException();
    }

    @Test
    void packetLargerThanTheLimitFitsAlone() throws InterruptedException {
        var room = new SendRoom(100);
        room.take(ClientSession.size(text(5_000)), NOW);
        assertThatThrownBy(() -> room.take(1, NOW)).isInstanceOf(ClientException.class);
    }

    @Test
    void pongsFreeNoRoom() throws InterruptedException {
        var room = new SendRoom(100);
        room.take(100, NOW);
        room.give(List.of(new EnginePacket.Pong(""), new EnginePacket.Close()));
        assertThatThrownBy(() -> room.take(1, NOW)).isInstanceOf(ClientException.class);
    }

    @Test
    void refusesOnceClosed() throws InterruptedException {
        var room = new SendRoom(100);
        room.take(10, NOW);
        room.close();
        assertThatThrownBy(() -> room.take(1, NOW)).isInstanceOfSatisfying(ClientException.class,
                e -> assertKind(e, Kind.CLOSED));
    }

    private static void assertKind(ClientException e, Kind kind) {
        assertThat(e.kind()).isEqualTo(kind);
    }
}
