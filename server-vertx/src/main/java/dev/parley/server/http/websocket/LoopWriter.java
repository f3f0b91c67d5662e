package dev.parley.server.http.websocket;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects that the WebSockets of one event loop share: buffers, and, within one turn of the loop, the flushes and the frames of a
 * broadcast. A broadcast is encoded once for all its receivers on this loop. Used on its loop only.
 */
// The packets of one event are told from others by being the same list.
@SuppressWarnings("ReferenceEquality")
final class LoopWriter implements Runnable {
    /** Size of the shared buffers, in bytes; larger messages allocate their own. */
    static final int SCRATCH = 16 * 1024;
    private static final int KEPT = 1_000;
    private static final FastThreadLocal<LoopWriter> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected LoopWriter initialValue() {
            return new LoopWriter();
        }
    };

    private final byte[] scratch = new byte[SCRATCH];
    private @Nullable MessageDeflate deflate;
    private List<FrameWriter> unflushed = new ArrayList<>();
    private @Nullable List<EnginePacket> last;
    private @Nullable Framing framing;
    private int deflateFrom;
    private @Nullable ByteBuf frames;

    private LoopWriter() {}

    static LoopWriter get() {
        return OF_LOOP.get();
    }

    byte[] scratch() {
        return scratch;
    }

    MessageDeflate deflate() {
        var made = deflate;
        if (made == null) {
            made = new MessageDeflate();
            deflate = made;
        }
        return made;
    }

    /** Returns the frames of packets, encoded once for all that pass the same list in this turn of the loop. The caller releases them. */
    ByteBuf frames(ByteBufAllocator allocator, List<EnginePacket> packets, Framing as, int compressFrom) {
        if (packets != last || as != framing || compressFrom != deflateFrom) {
            forget();
            last = packets;
            framing = as;
            deflateFrom = compressFrom;
            // Most packets go to one client only, so the first encoding is not kept.
            return Frames.encode(allocator, packets, as, compressFrom);
        }
        var shared = frames;
        if (shared == null) {
            shared = Frames.encode(allocator, packets, as, compressFrom);
            frames = shared;
        }
        return shared.retainedDuplicate();
    }

    /** Schedules a flush for the end of the turn. */
    void flushSoon(FrameWriter writer, EventExecutor loop) {
        if (unflushed.isEmpty()) {
            loop.execute(this);
        }
        unflushed.add(writer);
    }

    /** Ends the turn: flushes all channels. */
    @Override
    public void run() {
        forget();
        var flushing = unflushed;
        unflushed = new ArrayList<>(Math.min(KEPT, flushing.size()));
        flushing.forEach(FrameWriter::flush);
    }

    private void forget() {
        last = null;
        if (frames != null) {
            frames.release();
            frames = null;
        }
    }
}
