package dev.parley.bench.driver;

import io.netty.buffer.ByteBuf;

/** As much of HTTP as the servers' answers need. */
final class Http {
    private Http() {}

    /** The index after the empty line that ends a head; -1 when it has not come yet. */
    static int headerEnd(ByteBuf in) {
        for (int at = in.readerIndex() + 3; at < in.writerIndex(); at++) {
            if (in.getByte(at) == '\n' && in.getByte(at - 2) == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    /** Returns the length of the body according to the head; 0 if it gives none. */
    static int contentLength(String head) {
        String lower = head.toLowerCase(java.util.Locale.ROOT);
        int at = lower.indexOf("\r\ncontent-length:");
        if (at < 0) {
            return 0;
        }
        int from = at + "\r\ncontent-length:".length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    }
}
