package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OutboxTest {
    private static final Duration NOW = Duration.ZERO;

    private static EnginePacket text(int length) {
        return new EnginePacket.Message("x".repeat(length));
    }

    @Test
    void givesBatchesNoLargerThanAsked() throws InterruptedException {
        var box = new Outbox(1_000);
        box.put(List.of(text(40), text(40), text(40)), NOW);
        assertThat(box.take(100)).hasSize(2);
        assertThat(box.take(100)).hasSize(1);
    }

    @Test
    void givesAPacketThatIsTooLargeByItself() throws InterruptedException {
        var box = new Outbox(100);
        box.put(List.of(text(5_000)), NOW);
        box.putUrgent(new EnginePacket.Pong(""));
        assertThat(box.take(10)).hasSize(1);
        assertThat(box.take(10)).containsExactly(new EnginePacket.Pong(""));
    }

    @Test
    void refusesWhatFindsNoRoomInTime() throws InterruptedException {
        var box = new Outbox(100);
        box.put(List.of(text(90)), NOW);
        assertThatThrownBy(() -> box.put(List.of(text(90)), Duration.ofMillis(10))).isInstanceOfSatisfying(
                ClientException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        box.take(100);
        box.put(List.of(text(90)), NOW);
        assertThat(box.take(100)).hasSize(1);
    }

    @Test
    void countsWhatATextTakesAsUtf8AndBytesAsBase64() throws InterruptedException {
        var box = new Outbox(1_000);
        box.put(List.of(new EnginePacket.Message("\u20ac\ud83c\udf88"),
                new EnginePacket.Binary(new byte[30])), NOW);
        assertThat(box.take(8 + 7 + 8 + 39)).hasSize(1);
        box.put(List.of(new EnginePacket.Message("\u20ac\ud83c\udf88")), NOW);
        assertThat(box.take(8 + 7 + 8 + 40)).hasSize(2);
    }

    @Test
    void refusesOnceClosed() throws InterruptedException {
        var box = new Outbox(100);
        box.put(List.of(text(10)), NOW);
        box.close();
        assertThat(box.take(100)).isEmpty();
        assertThatThrownBy(() -> box.put(List.of(text(1)), NOW)).isInstanceOfSatisfying(ClientException.class,
                e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
    }
}
