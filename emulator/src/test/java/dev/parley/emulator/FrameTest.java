package dev.parley.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final Frame FRAME = new Frame(headers(), "{\"bytes\":\"e30=\"}".getBytes(UTF_8));

    private static Map<String, Object> headers() {
        var headers = new LinkedHashMap<String, Object>();
        headers.put(":event-type", "chunk");
        headers.put(":date", Instant.ofEpochMilli(1_767_225_600_123L));
        headers.put(":chunk-signature", new byte[]{1, 2, 3});
        return headers;
    }

    @Test
    void emptyMessageEqualsThePublishedExample() {
        assertThat(HexFormat.of().formatHex(new Frame(Map.of(), new byte[0]).encoded()))
                .isEqualTo("000000100000000005c248eb7d98c8ff");
    }

    @Test
    void dividedMessageIsReadAsWritten() {
        byte[] twice = new byte[2 * FRAME.encoded().length];
        System.arraycopy(FRAME.encoded(), 0, twice, 0, twice.length / 2);
        System.arraycopy(FRAME.encoded(), 0, twice, twice.length / 2, twice.length / 2);
        var reader = new EventStreamReader();
        List<Frame> read = new ArrayList<>();
        for (byte one : twice) {
            read.addAll(reader.feed(new byte[]{one}));
        }
        assertThat(read).hasSize(2).allSatisfy(frame -> {
            assertThat(frame).usingRecursiveComparison().isEqualTo(FRAME);
            assertThat(frame.text(":event-type")).isEqualTo("chunk");
        });
    }

    @Test
    void everyByteIsCoveredByAChecksum() {
        byte[] good = FRAME.encoded();
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            var reader = new EventStreamReader();
            assertThat(refused(reader, bad)).as("byte %s", i).isTrue();
        }
    }

    /** Returns whether the bytes are rejected. A length that grew makes the reader wait for more; it never returns the message. */
    private static boolean refused(EventStreamReader reader, byte[] bytes) {
        try {
            return reader.feed(bytes).isEmpty();
        } catch (IllegalArgumentException _wrong) {
            return true;
        }
    }

    @Test
    void messageOfInvalidLengthIsRefusedUnread() {
        assertThatThrownBy(
                () -> new EventStreamReader().feed(new byte[]{0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
