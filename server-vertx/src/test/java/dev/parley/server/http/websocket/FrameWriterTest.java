package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.server.engine.MemoryBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A network that takes bytes only when the test says so. Netty calls the channel full at 64 KB until then. */
class FrameWriterTest {
    private static final int LARGE = 1_000_000;
    private static final int HEAD = 10;

    private final Network network = new Network();
    private final FrameHandler handler = new FrameHandler(Framing.V4, false, 0, 1_000, null);
    private final EmbeddedChannel channel = new EmbeddedChannel(network, handler);

    @AfterEach
    void releaseAll() {
        channel.finishAndReleaseAll();
    }

    @Test
    void givesTheChannelNoMoreThanItTakes() {
        handler.write(List.of(binary(LARGE, 7)), 0);
        var sent = new ByteArrayOutputStream();
        int rounds = 0;
        while (inChannel() > 0 && rounds < 100) {
            assertThat(inChannel()).isLessThan(3L * FrameWriter.PIECE);
            sent.writeBytes(taken());
            rounds++;
        }
        assertThat(rounds).isGreaterThan(4);
        byte[] frame = sent.toByteArray();
        assertThat(frame.length).isEqualTo(HEAD + LARGE);
        assertThat(Arrays.copyOf(frame, HEAD)).containsExactly(0x82, 127, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40);
        for (int i = HEAD; i < frame.length; i++) {
            assertThat(frame[i]).isEqualTo((byte) 7);
        }
    }

    /** Direct memory is scarce, and each client that does not read could have as much. */
    @Test
    void aLargeFrameWaitsOnTheHeap() {
        handler.write(List.of(binary(LARGE, 7)), 0);
        network.take();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            assertThat(piece.isDirect()).isFalse();
            piece.release();
        }
    }

    /** RFC 6455, section 5.4: a control frame may stand between frames, not within one. */
    @Test
    void pongAndCloseWaitForTheEndOfAFrame() {
        handler.write(List.of(binary(LARGE, 7)), 0);
        ping(1);
        ping(2);
        handler.write(List.of(new EnginePacket.Message("behind")), 0);
        handler.close();
        handler.write(List.of(new EnginePacket.Message("too late")), 0);
        byte[] sent = all();
        assertThat(Arrays.copyOfRange(sent, HEAD + LARGE, HEAD + LARGE + 16)).containsExactly(0x8a, 1, 2,
                0x81, 7, '4', 'b', 'e', 'h', 'i', 'n', 'd', 0x88, 2 + "Bye".length(), 3, 0xe8);
        assertThat(sent).hasSize(HEAD + LARGE + 16 + "Bye".length());
    }

    @Test
    void countsWhatWaitsHereAndInTheChannel() {
        var account = new MemoryBudget(10_000_000).open(() -> {});
        var writer = new FrameWriter(channel.pipeline().lastContext(), Framing.V4, Integer.MAX_VALUE);
        writer.countIn(account.outgoing());
        writer.write(List.of(binary(LARGE, 7)), 0);
        writer.write(List.of(binary(5_000, 8)), 0);
        writer.weigh();
        assertThat(account.held()).isBetween(LARGE + 5_000L, LARGE + 7_000L);
        for (int i = 0; i < 30; i++) {
            taken();
            writer.pump();
        }
        // The account is settled without a further question: a sender may wait until everything has left.
        assertThat(account.held()).isZero();
    }

    /** As audio does: each frame has the size of the one before. */
    @Test
    void countsAFrameThatTakesThePlaceOfOneAsLarge() {
        var account = new MemoryBudget(10_000_000).open(() -> {});
        var writer = new FrameWriter(channel.pipeline().lastContext(), Framing.V4, Integer.MAX_VALUE);
        writer.countIn(account.outgoing());
        writer.write(List.of(binary(5_000, 7)), 0);
        LoopWriter.get().run();
        // Runs when the network has taken the first, before it is counted.
        channel.eventLoop().execute(() -> writer.write(List.of(binary(5_000, 8)), 0));
        network.take();
        assertThat(account.held()).isGreaterThan(5_000);
        network.take();
        assertThat(account.held()).isZero();
    }

    @Test
    void holdsNothingOnceTheConnectionIsGone() {
        var account = new MemoryBudget(10_000_000).open(() -> {});
        var writer = new FrameWriter(channel.pipeline().lastContext(), Framing.V4, Integer.MAX_VALUE);
        writer.countIn(account.outgoing());
        writer.write(List.of(binary(LARGE, 7)), 0);
        writer.write(List.of(binary(LARGE, 8)), 0);
        writer.close(1000, "", () -> {});
        writer.weigh();
        assertThat(account.held()).isGreaterThan(LARGE);
        channel.close().syncUninterruptibly();
        writer.end();
        assertThat(account.held()).isZero();
        assertThat(writer.pending()).isZero();
    }

    private void ping(int value) {
        channel.writeInbound(
                Unpooled.wrappedBuffer(new byte[]{(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, (byte) value}));
    }

    private byte[] all() {
        var sent = new ByteArrayOutputStream();
        for (byte[] some = taken(); some.length > 0; some = taken()) {
            sent.writeBytes(some);
        }
        return sent.toByteArray();
    }

    /** Returns the bytes that the network takes in one round. */
    private byte[] taken() {
        LoopWriter.get().run();
        channel.runPendingTasks();
        network.take();
        var sent = new ByteArrayOutputStream();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            byte[] bytes = new byte[piece.readableBytes()];
            piece.readBytes(bytes);
            piece.release();
            sent.writeBytes(bytes);
        }
        return sent.toByteArray();
    }

    private long inChannel() {
        return channel.unsafe().outboundBuffer().totalPendingWriteBytes();
    }

    private static EnginePacket binary(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return new EnginePacket.Binary(bytes);
    }

    /** Stands between the handler and the channel, and holds flushes back. */
    private static final class Network extends ChannelOutboundHandlerAdapter {
        private @Nullable ChannelHandlerContext at;
        private boolean flushed;

        @Override
        public void handlerAdded(ChannelHandlerContext added) {
            at = added;
        }

        @Override
        public void flush(ChannelHandlerContext ignored) {
            flushed = true;
        }

        void take() {
            if (at != null && flushed) {
                flushed = false;
                at.flush();
            }
        }
    }
}
