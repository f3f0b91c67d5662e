package dev.parley.doctor.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Reads from a server's first HTTP/2 SETTINGS frame whether it allows WebSocket over HTTP/2 (RFC 8441). */
public final class Http2Settings {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int SETTINGS = 4;
    private static final int ENABLE_CONNECT_PROTOCOL = 8;
    private static final int MAX_FRAME = 16_384;

    private Http2Settings() {}

    /** Returns the setting, or empty if no SETTINGS frame arrived. The connection cannot be used afterwards. */
    public static Optional<Boolean> allowsWebSocket(TcpConnection connection, Duration timeout) {
        try {
            connection.setReadTimeout(timeout);
            connection.write(PREFACE, timeout);
            connection.write(EMPTY_SETTINGS, timeout);
            int length = connection.read() << 16 | connection.read() << 8 | connection.read();
            int type = connection.read();
            for (int i = 0; i < 5; i++) {
                connection.read();
            }
            if (type != SETTINGS || length > MAX_FRAME) {
                return Optional.empty();
            }
            boolean allowed = false;
            for (int i = 0; i < length / 6; i++) {
                int setting = connection.read() << 8 | connection.read();
                int value = connection.read() << 24 | connection.read() << 16 | connection.read() << 8
                        | connection.read();
                allowed |= setting == ENABLE_CONNECT_PROTOCOL && value == 1;
            }
            return Optional.of(allowed);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
