package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which packets are compressed, RFC 7692, section 6: the first of the reserved bits says so. */
class FrameCompressionTest {
    private final FrameHandler handler = new FrameHandler(Framing.V4, true, 100, 1000, null);
    private final EmbeddedChannel channel = new EmbeddedChannel(handler);

    @Test
    void compressesWhatIsLongEnoughAndMayBe() {
        String text = "x".repeat(200);
        assertThat(compressed(new EnginePacket.Message(text))).isTrue();
        assertThat(compressed(new EnginePacket.Binary(new byte[200]))).isTrue();
        assertThat(compressed(new EnginePacket.Message(text).uncompressed())).isFalse();
        assertThat(compressed(new EnginePacket.Binary(new byte[200]).uncompressed())).isFalse();
        assertThat(compressed(new EnginePacket.Message("short"))).isFalse();
        assertThat(compressed(new EnginePacket.Open(text))).isFalse();
    }

    private boolean compressed(EnginePacket packet) {
        handler.write(List.of(packet), 0);
        channel.runPendingTasks();
        ByteBuf out = channel.readOutbound();
        try {
            return (out.getByte(0) & 0x40) != 0;
        } finally {
            out.release();
        }
    }
}
