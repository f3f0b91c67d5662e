package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseCause;

/** A client's violation of RFC 6455 (WebSocket) or RFC 7692 (compression). The WebSocket is closed with {@link #closeCode}. */
public enum WebSocketViolation {
    /** RFC 6455, section 5.1. */
    UNMASKED("A frame of the client is not masked."),
    /** RFC 6455, section 5.2. */
    RESERVED_BIT("A frame has a reserved bit set that no extension uses."),
    /** RFC 7692, section 6. */
    COMPRESSION_NOT_NEGOTIATED("A message is marked as compressed, but compression was not negotiated."),
    /** RFC 7692, section 6.1. */
    COMPRESSED_CONTINUATION("A frame that continues a message is marked as compressed."),
    /** RFC 7692, section 6. */
    COMPRESSED_CONTROL("A control frame is marked as compressed."),
    /** RFC 6455, section 5.2. */
    RESERVED_OPCODE("A frame has a reserved opcode."),
    /** RFC 6455, section 5.5. */
    FRAGMENTED_CONTROL("A control frame is fragmented."),
    /** RFC 6455, section 5.5. */
    LONG_CONTROL("A control frame carries more than 125 bytes."),
    /** RFC 6455, section 5.4. */
    NOTHING_TO_CONTINUE("A frame continues a message, but none has begun."),
    /** RFC 6455, section 5.4. */
    UNFINISHED_MESSAGE("A message begins before the one before it is complete."),
    /** RFC 6455, section 5.2. */
    LENGTH_NOT_MINIMAL("A frame encodes its length in more bytes than it takes."),
    /** RFC 6455, section 5.2. */
    LENGTH_NEGATIVE("A frame has a length whose most significant bit is set."),
    /** RFC 6455, section 7.4.1. */
    MESSAGE_TOO_LARGE("A message is larger than the server accepts.", 1009, CloseCause.MESSAGE_TOO_LARGE),
    /** RFC 6455, section 7.4.1. */
    INFLATED_TOO_LARGE("A compressed message becomes larger than the server accepts.", 1009,
            CloseCause.MESSAGE_TOO_LARGE),
    /** RFC 7692, section 7.2.2. */
    BAD_COMPRESSION("A compressed message cannot be decompressed.", 1007, CloseCause.INVALID_PAYLOAD),
    /** RFC 6455, section 8.1. */
    TEXT_NOT_UTF8("A text message is not UTF-8.", 1007, CloseCause.INVALID_PAYLOAD),
    /** RFC 6455, section 5.5.1. */
    CLOSE_TOO_SHORT("A close frame carries a single byte, which is no status code."),
    /** RFC 6455, section 7.4. */
    CLOSE_CODE("A close frame carries a status code that must not be sent."),
    /** RFC 6455, section 5.5.1. */
    CLOSE_REASON_NOT_UTF8("The reason in a close frame is not UTF-8.", 1007, CloseCause.INVALID_PAYLOAD);

    private static final int PROTOCOL_ERROR = 1002;

    private final String sentence;
    private final int closeCode;
    private final CloseCause cause;

    WebSocketViolation(String sentence) {
        this(sentence, PROTOCOL_ERROR, CloseCause.PROTOCOL_VIOLATION);
    }

    WebSocketViolation(String sentence, int closeCode, CloseCause cause) {
        this.sentence = sentence;
        this.closeCode = closeCode;
        this.cause = cause;
    }

    /** Returns the violation as a sentence, for logs. */
    public String sentence() {
        return sentence;
    }

    /** Returns the status code of the close frame: RFC 6455, section 7.4.1. */
    public int closeCode() {
        return closeCode;
    }

    /** Returns the close cause of the session that uses this WebSocket. */
    public CloseCause cause() {
        return cause;
    }
}
