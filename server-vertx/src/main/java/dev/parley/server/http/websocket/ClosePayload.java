package dev.parley.server.http.websocket;

import dev.parley.server.engine.WebSocketViolation;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The payload of a received close frame: RFC 6455, sections 5.5.1 and 7.4. Stateless; any thread. */
final class ClosePayload {
    private ClosePayload() {}

    /** Returns the close code; 1000 when the frame has none. */
    static int code(byte[] payload) {
        return payload.length < 2 ? WebSocketCloseStatus.NORMAL_CLOSURE.code()
                : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }

    /** Returns the rule that the payload violates; null when it is valid. */
    static @Nullable WebSocketViolation violation(byte[] payload) {
        if (payload.length == 1) {
            return WebSocketViolation.CLOSE_TOO_SHORT;
        }
        if (!mayBeSent(code(payload))) {
            return WebSocketViolation.CLOSE_CODE;
        }
        return payload.length > 2 && !isUtf8(payload, 2, payload.length - 2)
                ? WebSocketViolation.CLOSE_REASON_NOT_UTF8
                : null;
    }

    /** RFC 6455, section 7.4, and the registry that it founded. */
    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014)
                || (code >= 3000 && code <= 4999);
    }

    /** Returns whether the bytes are well-formed UTF-8. */
    static boolean isUtf8(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
