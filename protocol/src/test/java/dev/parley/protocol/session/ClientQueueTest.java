package dev.parley.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.EnginePacket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The batches of a client's queued packets. */
class ClientQueueTest {
    private final ClientQueue queue = new ClientQueue();

    private static EnginePacket text(int length) {
        return new EnginePacket.Message("x".repeat(length));
    }

    @Test
    void batchesAreNoLargerThanAsked() {
        queue.addAll(List.of(text(40), text(40), text(40)));
        assertThat(queue.take(100)).hasSize(2);
        assertThat(queue.take(100)).hasSize(1);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void tooLargePacketIsTakenAlone() {
        queue.addAll(List.of(text(5_000), new EnginePacket.Pong("")));
        assertThat(queue.take(10)).hasSize(1);
        assertThat(queue.take(10)).containsExactly(new EnginePacket.Pong(""));
    }

    @Test
    void textCountsAsUtf8AndBytesAsBase64() {
        queue.addAll(List.of(new EnginePacket.Message("\u20ac\ud83c\udf88"),
                new EnginePacket.Binary(new byte[30])));
        assertThat(queue.take(8 + 7 + 8 + 39)).hasSize(1);
        queue.clear();
        queue.addAll(List.of(new EnginePacket.Binary(new byte[30]),
                new EnginePacket.Message("\u20ac\ud83c\udf88")));
        assertThat(queue.take(8 + 7 + 8 + 40)).hasSize(2);
    }
}
