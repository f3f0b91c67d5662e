package dev.parley.server.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.engine.WebSocketViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each stream of bytes whole, then byte by byte: the same must come of it. */
class FrameReaderTest {
    private static final int MAX = 70_000;
    private static final ByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', value = {
            // The examples of RFC 6455, section 5.7.
            "818537fa213d7f9f4d5158 | text Hello", "898537fa213d7f9f4d5158 | control 9 Hello",
            "010300000000 48656c 8002 00000000 6c6f | fault 1002", "818000000000 | text ",
            "828000000000 | binary 0", "0183 00000000 48656c 8082 00000000 6c6f | text Hello",
            "0183 00000000 48656c 8980 00000000 8082 00000000 6c6f | control 9 , text Hello",
            "0280 00000000 0080 00000000 8081 00000000 01 | binary 1",
            "8180 00000000 8181 00000000 41 | text , text A", "8882 00000000 03e8 | control 8 \u0003?",
            // Not masked, reserved bits, reserved opcodes.
            "8100 | fault 1002", "a180 00000000 | fault 1002", "c180 00000000 | fault 1002",
            "8380 00000000 | fault 1002", "8b80 00000000 | fault 1002", "8080 00000000 | fault 1002",
            // A message within a message, a control frame in pieces, one that is too long.
            "0180 00000000 8180 00000000 | fault 1002", "0980 00000000 | fault 1002",
            "89fe 0080 | fault 1002",
            // Lengths that could be shorter, and one that is negative.
            "81fe 007d 00000000 | fault 1002", "81ff 000000000000ffff 00000000 | fault 1002",
            "81ff ffffffffffffffff 00000000 | fault 1002",
            // Too large, told by the head alone; also for what comes after.
            "81ff 0000000000011171 00000000 | fault 1009",
            "8181 00000000 41 8100 8181 00000000 42 | text A, fault 1002"})
    void reads(String hex, String expected) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        var whole = new Seen(false);
        whole.feed(bytes, bytes.length);
        assertThat(whole.toString().strip()).isEqualTo(expected);
        var single = new Seen(false);
        single.feed(bytes, 1);
        assertThat(single.toString()).isEqualTo(whole.toString());
    }

    /** The loop has other clients, too: one that sends much at once has its share of each turn. */
    @Test
    void handsOutAShareInEachTurn() {
        var seen = new Seen(false);
        byte[] single = {(byte) 0x82, (byte) 0x80, 0, 0, 0, 0};
        var many = Unpooled.buffer();
        for (int i = 0; i < 2 * FrameReader.TURN + 3; i++) {
            many.writeBytes(single);
        }
        seen.reader.read(ALLOCATOR, many);
        for (int left = FrameReader.TURN + 3; left > 0; left -= FrameReader.TURN) {
            assertThat(seen.reader.held()).isEqualTo(left * single.length);
            assertThat(seen.reader.turnIsOver()).isTrue();
            seen.reader.goOn(ALLOCATOR);
            assertThat(seen.reader.held()).as("without a new turn").isEqualTo(left * single.length);
            seen.reader.nextTurn();
            seen.reader.pause();
            seen.reader.goOn(ALLOCATOR);
        }
        assertThat(seen.reader.held()).isZero();
        assertThat(seen.reader.turnIsOver()).isFalse();
        assertThat(seen.toString().split(",")).hasSize(2 * FrameReader.TURN + 3);
    }

    @Test
    void countsWhatIsNotCompleteAndHoldsNothingBetweenMessages() {
        var seen = new Seen(false);
        seen.feed(new byte[]{(byte) 0x82, (byte) 0x85, 0, 0, 0, 0, 1, 2}, 3);
        assertThat(seen.reader.held()).isEqualTo(8);
        seen.feed(new byte[]{3, 4, 5, 1, (byte) 0x81, 0, 0, 0, 0, 65}, 10);
        assertThat(seen.reader.held()).isEqualTo(1);
        seen.feed(new byte[]{(byte) 0x80, (byte) 0x80, 0, 0, 0, 0}, 6);
        assertThat(seen.reader.held()).isZero();
        assertThat(seen).hasToString("binary 5, text A");
    }

    /** A large buffer that holds a few bytes of the next frame is let go. */
    @Test
    void doesNotKeepTheBufferOfTheLastFrame() {
        var seen = new Seen(false);
        var large = Unpooled.buffer(65_536)
                .writeBytes(new byte[]{(byte) 0x81, (byte) 0x80, 0, 0, 0, 0, (byte) 0x81});
        seen.reader.read(ALLOCATOR, large);
        assertThat(large.refCnt()).isZero();
        assertThat(seen.reader.held()).isEqualTo(1);
        seen.reader.end();
        assertThat(seen.reader.held()).isZero();
    }

    /** Direct memory may be exhausted; what was held must not stay so for ever. */
    @Test
    void holdsNothingWhenThereIsNoMemoryForMore() {
        var seen = new Seen(false);
        var allocator = new ExhaustedAllocator(1);
        seen.reader.read(allocator, Unpooled.wrappedBuffer(new byte[]{(byte) 0x82, (byte) 0x85, 0}));
        var more = Unpooled.wrappedBuffer(new byte[3_000]);
        assertThatThrownBy(() -> seen.reader.read(allocator, more)).hasMessage(ExhaustedAllocator.MESSAGE);
        seen.reader.end();
        assertThat(more.refCnt()).isZero();
        assertThat(allocator.given()).singleElement().returns(0, ByteBuf::refCnt);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "7", "8", "9", "125", "126", "65535", "65536", "70000"})
    void unmasksEveryLength(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i % 95 + ' ');
        }
        var seen = new Seen(false);
        seen.feed(masked(0x81, content), 1000);
        assertThat(seen).hasToString("text " + new String(content, StandardCharsets.US_ASCII));
        seen = new Seen(false);
        seen.feed(masked(0x82, content), 1000);
        assertThat(seen.last).isEqualTo(content);
    }

    @Test
    void refusesFragmentsThatAddUpToTooMuch() {
        var seen = new Seen(false);
        seen.feed(masked(0x01, new byte[40_000]), 8_000);
        seen.feed(masked(0x00, new byte[40_000]), 8_000);
        assertThat(seen).hasToString("fault 1009");
        assertThat(seen.reader.held()).isZero();
    }

    @Test
    void inflatesWhatComesCompressed() {
        var deflate = new MessageDeflate();
        byte[] text = "Hello, hello, hello".getBytes(StandardCharsets.UTF_8);
        byte[] compressed = deflate.compress(text);
        var seen = new Seen(true);
        seen.feed(masked(0xc1, compressed), 5);
        seen.feed(masked(0x81, text), 5);
        seen.feed(masked(0x41, java.util.Arrays.copyOf(compressed, 3)), 5);
        seen.feed(masked(0x80, java.util.Arrays.copyOfRange(compressed, 3, compressed.length)), 5);
        assertThat(seen)
                .hasToString("text Hello, hello, hello, text Hello, hello, hello, text Hello, hello, hello");
        seen.feed(masked(0xc1, deflate.compress(new byte[MAX + 1])), 5);
        assertThat(seen.toString()).endsWith("fault 1009");
    }

    private static byte[] masked(int first, byte[] content) {
        byte[] mask = {1, 2, (byte) 0xf3, 4};
        ByteBuf frame = Unpooled.buffer().writeByte(first);
        if (content.length < 126) {
            frame.writeByte(0x80 | content.length);
        } else if (content.length < 65_536) {
            frame.writeByte(0xfe).writeShort(content.length);
        } else {
            frame.writeByte(0xff).writeLong(content.length);
        }
        frame.writeBytes(mask);
        for (int i = 0; i < content.length; i++) {
            frame.writeByte(content[i] ^ mask[i % 4]);
        }
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes).release();
        return bytes;
    }

    private static final class Seen implements FrameReader.Receiver {
        private final List<String> log = new ArrayList<>();
        private final FrameReader reader;
        private byte[] last = {};

        Seen(boolean deflated) {
            reader = new FrameReader(MAX, deflated, null, this);
        }

        void feed(byte[] bytes, int atOnce) {
            for (int at = 0; at < bytes.length; at += atOnce) {
                reader.read(ALLOCATOR, Unpooled.copiedBuffer(bytes, at, Math.min(atOnce, bytes.length - at)));
                while (reader.turnIsOver()) {
                    reader.nextTurn();
                    reader.goOn(ALLOCATOR);
                }
                reader.nextTurn();
            }
        }

        @Override
        public void text(byte[] borrowed, int length) {
            log.add("text " + new String(borrowed, 0, length, StandardCharsets.UTF_8));
        }

        @Override
        public void binary(byte[] bytes) {
            last = bytes;
            log.add("binary " + bytes.length);
        }

        @Override
        public void control(int opcode, byte[] payload) {
            log.add("control " + opcode + " "
                    + new String(payload, StandardCharsets.US_ASCII).replace('\ufffd', '?'));
        }

        @Override
        public void fault(WebSocketViolation violation) {
            log.add("fault " + violation.closeCode());
        }

        @Override
        public String toString() {
            return String.join(", ", log);
        }
    }
}
