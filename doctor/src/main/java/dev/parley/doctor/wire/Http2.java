package dev.parley.doctor.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks an HTTP/2 server one thing: whether it takes WebSocket (RFC 8441), which its first SETTINGS frame says. */
public final class Http2 {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int SETTINGS = 4;
    private static final int ENABLE_CONNECT_PROTOCOL = 8;
    private static final int MAX_FRAME = 16_384;

    private Http2() {}

    /** Empty if no settings came. The line is of no other use afterwards. */
    public static Optional<Boolean> takesWebSocket(Line line, Duration timeout) {
        try {
            line.until(timeout);
            line.write(PREFACE, timeout);
            line.write(EMPTY_SETTINGS, timeout);
            int length = line.read() << 16 | line.read() << 8 | line.read();
            int type = line.read();
            for (int i = 0; i < 5; i++) {
                line.read();
            }
            if (type != SETTINGS || length > MAX_FRAME) {
                return Optional.empty();
            }
            boolean takes = false;
            for (int i = 0; i < length / 6; i++) {
                int setting = line.read() << 8 | line.read();
                int value = line.read() << 24 | line.read() << 16 | line.read() << 8 | line.read();
                takes |= setting == ENABLE_CONNECT_PROTOCOL && value == 1;
            }
            return Optional.of(takes);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
