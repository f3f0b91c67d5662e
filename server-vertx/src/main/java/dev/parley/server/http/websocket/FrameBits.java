package dev.parley.server.http.websocket;

/** The bits and opcodes of a frame's head: RFC 6455, section 5.2. */
final class FrameBits {
    /** In the first byte: the frame is the last one of its message. */
    static final int FIN = 0x80;
    /** In the first byte: the message is compressed, RFC 7692, section 6. */
    static final int RSV1 = 0x40;
    /** In the first byte: reserved for extensions that are not supported here. */
    static final int RSV2_AND_3 = 0x30;
    /** In the first byte. */
    static final int OPCODE = 0x0f;
    /** In the second byte. */
    static final int MASK = 0x80;
    /** In the second byte. */
    static final int LENGTH = 0x7f;
    /** A length that says: the next two bytes are it. */
    static final int LENGTH_16 = 126;
    /** A length that says: the next eight bytes are it. */
    static final int LENGTH_64 = 127;
    /** The longest payload of a control frame, and the longest length that needs no more bytes. */
    static final int MAX_SHORT = 125;
    /** The longest length in two bytes. */
    static final int MAX_16 = 65_535;

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private FrameBits() {}

    static boolean isControl(int opcode) {
        return opcode >= CLOSE;
    }
}
