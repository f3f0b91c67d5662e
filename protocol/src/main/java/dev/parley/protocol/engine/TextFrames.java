package dev.parley.protocol.engine;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the most common text frames of a connection directly from their bytes: {@code 42["name","plain text"]}, as in an audio stream,
 * and short messages that recur. {@link EngineCodec} decodes all others. Not thread-safe: one for each connection. It keeps at most 96
 * characters.
 */
public final class TextFrames {
    private static final int MAX_KEPT = 96;
    private static final int MIN_PLAIN = 32;
    private static final String END = "\"]";

    private String before = "";
    private EnginePacket.@Nullable Message last;

    /**
     * Decodes the message of a frame; returns null if the frame is not of these kinds.
     *
     * @param from index of the packet's type, the first byte of the frame's content
     */
    public EnginePacket.@Nullable Message decode(byte[] bytes, int from, int to) {
        if (to - from < 2 || bytes[from] != '4') {
            return null;
        }
        if (to - from <= MAX_KEPT) {
            return recurring(bytes, from + 1, to);
        }
        int plain = plainFrom(bytes, from + 1);
        if (plain < 0 || to - plain < MIN_PLAIN || bytes[to - 1] != ']' || bytes[to - 2] != '"'
                || !PlainText.is(bytes, plain, to - 2)) {
            return null;
        }
        if (!same(before, bytes, from + 1, plain)) {
            before = latin1(bytes, from + 1, plain);
        }
        return new EnginePacket.Message(before, latin1(bytes, plain, to - 2), END);
    }

    /** Decodes a message from a string, which begins with the packet's type. */
    static EnginePacket.Message message(String text) {
        int end = text.length() - END.length();
        if (end >= MAX_KEPT && text.endsWith(END)) {
            int plain = 0;
            for (int quotes = 0; quotes < 3 && plain < MAX_KEPT; plain++) {
                quotes += text.charAt(plain) == '"' ? 1 : 0;
            }
            if (plain < MAX_KEPT && text.startsWith("\",\"", plain - 3) && PlainText.is(text, plain, end)
                    && isAscii(text, plain)) {
                return new EnginePacket.Message(text.substring(1, plain), text.substring(plain, end), END);
            }
        }
        return new EnginePacket.Message(text.substring(1));
    }

    private static boolean isAscii(String text, int to) {
        for (int at = 0; at < to; at++) {
            char c = text.charAt(at);
            if (c < ' ' || c > '~' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private EnginePacket.@Nullable Message recurring(byte[] bytes, int from, int to) {
        if (last != null && same(last.before(), bytes, from, to)) {
            return last;
        }
        for (int at = from; at < to; at++) {
            if (bytes[at] < 0) {
                return null;
            }
        }
        last = new EnginePacket.Message(latin1(bytes, from, to));
        return last;
    }

    /** Returns the index at which the second string of an array begins, or -1 if it is beyond the characters that are kept. */
    private static int plainFrom(byte[] bytes, int from) {
        int limit = Math.min(bytes.length, from + MAX_KEPT);
        int quotes = 0;
        for (int at = from; at < limit; at++) {
            byte b = bytes[at];
            if (b < ' ' || b == '\\') {
                return -1;
            }
            if (b == '"' && ++quotes == 3) {
                return bytes[at - 1] == ',' && bytes[at - 2] == '"' ? at + 1 : -1;
            }
        }
        return -1;
    }

    private static boolean same(String text, byte[] bytes, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) != bytes[from + at]) {
                return false;
            }
        }
        return true;
    }

    private static String latin1(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
