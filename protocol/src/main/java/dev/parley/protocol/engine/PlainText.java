package dev.parley.protocol.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tests for plain text: printable ASCII without quotes and backslashes, such as base64. It is the same in a JSON string, in UTF-8 and in
 * ISO 8859-1. Stateless; safe from any thread.
 */
public final class PlainText {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class,
            ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;

    private PlainText() {}

    /** Returns whether a text is plain. */
    public static boolean is(String text) {
        return is(text, 0, text.length());
    }

    /** Returns whether a part of a text is plain. */
    public static boolean is(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a part of a byte array is plain text. Tests eight bytes at a time. */
    public static boolean is(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONG.get(bytes, at);
            // In a byte below 128, the highest bit of the difference is set if the byte was smaller; in others it is set already.
            long control = eight - ONES * ' ';
            long quote = (eight ^ ONES * '"') - ONES;
            long backslash = (eight ^ ONES * '\\') - ONES;
            long delete = (eight ^ ONES * 0x7f) - ONES;
            if (((eight | control | quote | backslash | delete) & HIGH) != 0) {
                return false;
            }
        }
        for (; at < to; at++) {
            byte b = bytes[at];
            if (b < ' ' || b == 0x7f || b == '"' || b == '\\') {
                return false;
            }
        }
        return true;
    }
}
