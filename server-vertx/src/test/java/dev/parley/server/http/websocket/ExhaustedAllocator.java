package dev.parley.server.http.websocket;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Has memory for few buffers, which cannot grow. It throws no {@link OutOfMemoryError}, which JUnit takes for its own. */
final class ExhaustedAllocator extends AbstractByteBufAllocator {
    static final String MESSAGE = "no memory is left, for this test";

    private final List<ByteBuf> given = new ArrayList<>();
    private final int most;

    /** @param most buffers that it gives */
    ExhaustedAllocator(int most) {
        this.most = most;
    }

    /** The buffers that it gave. */
    List<ByteBuf> given() {
        return given;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        if (given.size() == most) {
            throw new IllegalStateException(MESSAGE);
        }
        var buffer = Unpooled.buffer(initialCapacity, initialCapacity);
        given.add(buffer);
        return buffer;
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return newHeapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
