package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.server.engine.WebSocketViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The reader of WebSocket frames on whatever bytes a fuzzer finds: the same comes of them in one piece and in many, no message is larger
 * than allowed, nothing comes after a fault, what waits is bounded, and every buffer is given back.
 */
class FrameFuzzTest {
    private static final int MAX = 1_000;
    /** The head of a frame, and a control frame in the midst of a message. */
    private static final int BESIDE = 14 + 125;
    /** Knows how much of it is in use. */
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false);

    /** The first byte says whether messages may be compressed, and how long the pieces are. */
    @FuzzTest
    void stream(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        boolean deflated = (bytes[0] & 1) != 0;
        int piece = 1 + ((bytes[0] & 0xff) >> 1);
        byte[] frames = Arrays.copyOfRange(bytes, 1, bytes.length);
        assertThat(new Seen(deflated).read(frames, piece))
                .isEqualTo(new Seen(deflated).read(frames, Math.max(1, frames.length)));
    }

    private static final class Seen implements FrameReader.Receiver {
        private final List<String> log = new ArrayList<>();
        private final FrameReader reader;
        private final int most;
        private boolean faulty;

        Seen(boolean deflated) {
            reader = new FrameReader(MAX, deflated, null, this);
            most = deflated ? (int) MessageDeflate.maxCompressed(MAX) : MAX;
        }

        List<String> read(byte[] frames, int piece) {
            var given = new ArrayList<ByteBuf>();
            for (int at = 0; at < frames.length; at += piece) {
                var buffer = Unpooled.copiedBuffer(frames, at, Math.min(piece, frames.length - at));
                given.add(buffer);
                reader.read(ALLOCATOR, buffer);
                assertThat(reader.held()).isLessThanOrEqualTo(faulty ? 0 : most + BESIDE);
            }
            reader.end();
            assertThat(reader.held()).isZero();
            assertThat(ALLOCATOR.metric().usedHeapMemory()).isZero();
            assertThat(given).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
            return log;
        }

        @Override
        public void text(byte[] borrowed, int length) {
            message("text", Arrays.copyOf(borrowed, length));
        }

        @Override
        public void binary(byte[] bytes) {
            message("binary", bytes);
        }

        @Override
        public void control(int opcode, byte[] payload) {
            assertThat(opcode).isBetween(8, 10);
            assertThat(payload).hasSizeLessThanOrEqualTo(125);
            message("control " + opcode, payload);
        }

        @Override
        public void fault(WebSocketViolation violation) {
            message("fault " + violation.closeCode(), new byte[0]);
            faulty = true;
        }

        private void message(String kind, byte[] content) {
            assertThat(faulty).as("something after a fault").isFalse();
            assertThat(content).hasSizeLessThanOrEqualTo(MAX);
            log.add(kind + " " + Arrays.toString(content));
        }
    }
}
