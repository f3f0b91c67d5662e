package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.SessionOptions;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.MemoryBudget;
import dev.parley.server.engine.SessionIds;
import dev.parley.server.engine.SessionOwner;
import dev.parley.server.engine.Sessions;
import dev.parley.server.http.InlineLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A WebSocket with its session on one loop: calls that come back while another is under way, and failures in the middle. */
class FrameHandlerTest {
    private static final int PONG = 0x8a;

    private final Sessions sessions = new Sessions(new SessionIds("t"), SessionOptions.defaults(),
            new MemoryBudget(10_000_000), 10);
    private final Owner owner = new Owner();
    private final FrameHandler handler = new FrameHandler(Framing.V4, false, 0, 1_000, null);
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void releaseAll() {
        channel.finishAndReleaseAll();
    }

    /** Nothing follows from the client, which may wait for answers. */
    @Test
    void pauseThatEndsWithinAReadLeavesNoFrameBehind() {
        open();
        int count = 3 * FrameReader.TURN;
        var frames = Unpooled.buffer();
        for (int i = 0; i < count; i++) {
            frames.writeBytes(new byte[]{(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '4', 'a'});
        }
        owner.pausesOnce = true;
        channel.writeInbound(frames);
        channel.runPendingTasks();
        assertThat(owner.delivered).isEqualTo(count);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void pingIsAnsweredOnceWhenItsPongFillsTheChannel() {
        open();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[]{(byte) 0x89, (byte) 0x80, 0, 0, 0, 0}));
        channel.runPendingTasks();
        int pongs = 0;
        for (ByteBuf sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
            pongs += sent.isReadable() && sent.getUnsignedByte(0) == PONG ? 1 : 0;
            sent.release();
        }
        assertThat(pongs).isEqualTo(1);
    }

    @Test
    void closeAfterTheConnectionIsGoneHoldsNoMemory() {
        var allocator = new UnpooledByteBufAllocator(true);
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(handler);
        channel.close().syncUninterruptibly();
        handler.close();
        assertThat(allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory()).isZero();
    }

    /** A later message must not arrive when one before it has not. */
    // An executor of its own stands for a session elsewhere: the test's thread is not the handler's.
    @SuppressWarnings("deprecation")
    @Test
    void writeFromAnotherLoopThatFailsEndsTheConnection() throws Exception {
        var group = new DefaultEventExecutorGroup(1);
        try {
            channel.config().setAllocator(new ExhaustedAllocator(0));
            channel.pipeline().addLast(group, handler);
            var loop = channel.pipeline().context(handler).executor();
            loop.submit(() -> {}).get();
            handler.write(List.of(new EnginePacket.Message("lost")), 0);
            loop.submit(() -> {}).get();
            assertThat(channel.isOpen()).isFalse();
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** The close frame tells the client, but the connection must end without it, too. */
    @Test
    void closeThatFailsEndsTheConnectionAfterItsTime() {
        channel.config().setAllocator(new ExhaustedAllocator(0));
        channel.pipeline().addLast(handler);
        try {
            handler.close();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage(ExhaustedAllocator.MESSAGE);
        }
        channel.advanceTimeBy(6, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }

    private void open() {
        channel.pipeline().addLast(handler);
        handler.begin(link -> {
            var session = sessions
                    .create(sessions.name(), TransportKind.WEBSOCKET, Framing.V4, new InlineLoop())
                    .orElseThrow();
            owner.session = session;
            session.open(owner, link);
            return Optional.of(session);
        }, new InlineLoop());
        channel.runPendingTasks();
        channel.releaseOutbound();
    }

    private static final class Owner implements SessionOwner {
        private @Nullable EngineSession session;
        private boolean pausesOnce;
        private int delivered;

        @Override
        public void deliver(EnginePacket packet) {
            delivered++;
            if (pausesOnce && session != null) {
                pausesOnce = false;
                session.pauseReading(true);
                session.pauseReading(false);
            }
        }

        @Override
        public void upgraded(Duration took) {}

        @Override
        public void closed(CloseReason reason, CloseCause cause) {}

        @Override
        public void settled() {}
    }
}
