package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.engine.WebSocketViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Frames of a client that sends too fast are read later, by a clock that the test moves. */
class FrameRateTest {

    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;
    private static final int PER_SECOND = 100;
    private static final int BURST = 2 * PER_SECOND;

    private long now;
    private int received;
    private final FrameReader reader = new FrameReader(1_000_000, false, new FrameRate(PER_SECOND, () -> now),
            new Counting());

    @Test
    void burstPassesAndTheRestWaits() {
        receive(1_000, 10);
        assertThat(received).isBetween(BURST - FrameReader.TURN, BURST);
        assertThat(reader.pauseNanos()).isPositive();

        pass(Duration.ofSeconds(1));
        assertThat(received).isBetween(BURST + PER_SECOND - FrameReader.TURN, BURST + PER_SECOND);
        pass(Duration.ofSeconds(20));
        assertThat(received).isEqualTo(1_000);
    }

    @Test
    void bytesCountToo() {
        receive(100, 10 * 1_024);

        assertThat(received).isBetween((BURST - FrameReader.TURN) / 11, BURST / 11 + 1);
    }

    @Test
    void clientThatKeepsToTheRateNeverWaits() {
        for (int second = 0; second < 100; second++) {
            receive(PER_SECOND, 10);
            now += Duration.ofSeconds(1).toNanos();
            assertThat(received).isEqualTo((second + 1) * PER_SECOND);
        }
    }

    @Test
    void messageThatCostsMoreThanThereIsIsReadAndPaidForLater() {
        receive(1, 900_000);
        assertThat(received).isEqualTo(1);

        receive(1, 10);

        assertThat(received).isEqualTo(1);
        pass(Duration.ofSeconds(8));
        assertThat(received).isEqualTo(2);
    }

    /** Lets a time pass in which the client has its turns. */
    private void pass(Duration time) {
        long end = now + time.toNanos();
        while (reader.turnIsOver() && now + reader.pauseNanos() <= end) {
            now += reader.pauseNanos();
            turn();
        }
        now = end;
    }

    private void receive(int frames, int length) {
        ByteBuf bytes = Unpooled.buffer();
        for (int i = 0; i < frames; i++) {
            bytes.writeByte(0x82);
            if (length < 126) {
                bytes.writeByte(0x80 | length);
            } else {
                bytes.writeByte(length < 65_536 ? 0xfe : 0xff);
                if (length < 65_536) {
                    bytes.writeShort(length);
                } else {
                    bytes.writeLong(length);
                }
            }
            bytes.writeInt(0).writeZero(length);
        }
        reader.read(ALLOCATOR, bytes);
        while (reader.turnIsOver() && reader.pauseNanos() == 0) {
            turn();
        }
        if (!reader.turnIsOver()) {
            reader.nextTurn(); // as when a read is complete
        }
    }

    private void turn() {
        reader.nextTurn();
        reader.goOn(ALLOCATOR);
    }

    private final class Counting implements FrameReader.Receiver {
        @Override
        public void text(byte[] borrowed, int length) {
            received++;
        }

        @Override
        public void binary(byte[] bytes) {
            received++;
        }

        @Override
        public void control(int opcode, byte[] payload) {}

        @Override
        public void fault(WebSocketViolation violation) {
            throw new AssertionError(violation);
        }
    }
}
