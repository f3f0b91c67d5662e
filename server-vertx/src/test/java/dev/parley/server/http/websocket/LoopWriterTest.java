package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Connections of one loop, each with its own pipeline. */
class LoopWriterTest {
    private final List<FrameHandler> handlers = Stream.generate(LoopWriterTest::handler).limit(4).toList();
    private final List<EmbeddedChannel> channels = handlers.stream().map(EmbeddedChannel::new).toList();

    /** The first may be the only one, so it has a frame of its own; the others share the second's. */
    @Test
    void encodesOnceWhatGoesToMany() {
        List<EnginePacket> packets = List.of(new EnginePacket.Message("2[\"news\"]"),
                new EnginePacket.Binary(new byte[]{1, 2, 3}));
        handlers.forEach(handler -> handler.write(packets, 0));
        assertThat(channels.getFirst().<Object>readOutbound()).isNull();
        var frames = sent();
        for (ByteBuf frame : frames) {
            assertThat(frame.toString(StandardCharsets.ISO_8859_1))
                    .isEqualTo("\u0081\n42[\"news\"]\u0082\3\1\2\3");
        }
        frames.get(1).setByte(2, 'x');
        assertThat(frames.stream().map(frame -> (char) frame.getByte(2))).containsExactly('4', 'x', 'x', 'x');
        assertThat(frames.stream().map(ByteBuf::release)).containsExactly(true, false, false, true);
    }

    /** An event too large for one piece waits on the heap, encoded once for all receivers but the first. */
    @Test
    void encodesALargeEventOnce() {
        List<EnginePacket> packets = List.of(new EnginePacket.Binary(new byte[1_000_000]));
        var writer = LoopWriter.get();
        var frames = Stream.generate(
                () -> writer.frames(channels.getFirst().alloc(), packets, Framing.V4, Integer.MAX_VALUE))
                .limit(3)
                .toList();
        assertThat(frames.get(1).array()).isSameAs(frames.get(2).array()).isNotSameAs(frames.get(0).array());
        frames.forEach(ByteBuf::release);
        writer.run();
        assertThat(frames.get(1).refCnt()).isZero();
    }

    @Test
    void releasesABufferThatCannotGrow() {
        var allocator = new ExhaustedAllocator(1);
        List<EnginePacket> packets = List.of(new EnginePacket.Message("\u20ac".repeat(100)));
        assertThatThrownBy(() -> Frames.encode(allocator, packets, Framing.V4, Integer.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(allocator.given()).singleElement()
                .satisfies(buffer -> assertThat(buffer.refCnt()).isZero());
    }

    @Test
    void neverSendsAFrameOfAnotherClient() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < handlers.size(); i++) {
                handlers.get(i).write(List.of(new EnginePacket.Message("same")), 0);
                handlers.get(i).write(List.of(new EnginePacket.Message(round + " for " + i)), 0);
            }
            channels.forEach(EmbeddedChannel::runPendingTasks);
            for (int i = 0; i < channels.size(); i++) {
                assertThat(text(channels.get(i))).isEqualTo("4same");
                assertThat(text(channels.get(i))).isEqualTo("4" + round + " for " + i);
            }
        }
    }

    private List<ByteBuf> sent() {
        channels.forEach(EmbeddedChannel::runPendingTasks);
        return channels.stream().map(channel -> channel.<ByteBuf>readOutbound()).toList();
    }

    private static String text(EmbeddedChannel channel) {
        ByteBuf frame = channel.readOutbound();
        String text = frame.skipBytes(2).toString(StandardCharsets.UTF_8);
        frame.release();
        return text;
    }

    private static FrameHandler handler() {
        return new FrameHandler(Framing.V4, false, 0, 1_000, null);
    }
}
