package dev.parley.server.http.websocket;

import dev.parley.server.engine.WebSocketViolation;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compression of WebSocket messages, RFC 7692, with no context kept between messages on either side: one would cost up to 300 KB a
 * connection, and a message for many could not be compressed once for all. One for each event loop; not thread-safe.
 */
final class MessageDeflate {
    /**
     * The bytes appended to a compressed message before decompression: the end of the empty block that its sender cut off (RFC 7692, section 7.2.2), and
     * an empty last block. Only where the message ended as it should does the decompressor take exactly this.
     */
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff, 1, 0, 0, (byte) 0xff, (byte) 0xff};
    private static final int CUT_OFF = 4;
    /** Maximum distance of a back reference, in bytes. */
    private static final int WINDOW = 32 * 1024;
    /** Maximum number of final blocks in a message. Each costs a reset. */
    private static final int MAX_LAST_BLOCKS = 16;
    private static final int LEVEL = 6;
    private static final int CHUNK = 8192;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] chunk = new byte[CHUNK];

    /**
     * The largest compressed form of a message: a fixed code makes nine bits of a byte at worst, and a block that is stored as it is takes five
     * bytes more.
     */
    static long maxCompressed(int message) {
        return Math.min(Integer.MAX_VALUE - 64L, message + message / 8L + 64);
    }

    byte[] compress(byte[] message) {
        deflater.reset();
        deflater.setInput(message);
        var out = new ByteArrayOutputStream(64 + message.length / 2);
        int count;
        do {
            count = deflater.deflate(chunk, 0, CHUNK, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, count);
        } while (count == CHUNK);
        byte[] whole = out.toByteArray();
        // RFC 7692, section 7.2.1: the empty block at the end goes without saying.
        return Arrays.copyOf(whole, whole.length - CUT_OFF);
    }

    /** Decompresses a message, unless it is invalid or becomes larger than {@code max}. */
    Inflated inflate(byte[] message, int max) {
        if (message.length == 0) {
            return new Inflated(message, null);
        }
        inflater.reset();
        inflater.setInput(message);
        var out = new ByteArrayOutputStream(Math.min(max, 64 + 2 * message.length));
        try {
            var violation = pump(out, max);
            for (int blocks = 1; violation == null && inflater.finished()
                    && inflater.getRemaining() > 0; blocks++) {
                violation = blocks == MAX_LAST_BLOCKS ? WebSocketViolation.BAD_COMPRESSION
                        : goOn(out, message, message.length - inflater.getRemaining(), max);
            }
            if (violation == null && !inflater.finished()) {
                inflater.setInput(TAIL);
                violation = pump(out, max);
                if (violation == null && (!inflater.finished() || inflater.getRemaining() > 0)) {
                    violation = WebSocketViolation.BAD_COMPRESSION;
                }
            }
            return violation == null ? new Inflated(out.toByteArray(), null)
                    : new Inflated(new byte[0], violation);
        } catch (DataFormatException e) {
            return new Inflated(new byte[0], WebSocketViolation.BAD_COMPRESSION);
        }
    }

    /** RFC 7692, section 7.2.1: more blocks may follow one that calls itself the last, and may refer to what came before. */
    private @Nullable WebSocketViolation goOn(ByteArrayOutputStream out, byte[] message, int from, int max)
            throws DataFormatException {
        inflater.reset();
        byte[] before = out.toByteArray();
        if (before.length > 0) {
            int window = Math.min(WINDOW, before.length);
            inflater.setDictionary(before, before.length - window, window);
        }
        inflater.setInput(message, from, message.length - from);
        return pump(out, max);
    }

    private @Nullable WebSocketViolation pump(ByteArrayOutputStream out, int max) throws DataFormatException {
        for (int count = inflater.inflate(chunk); count > 0; count = inflater.inflate(chunk)) {
            if (out.size() + count > max) {
                return WebSocketViolation.INFLATED_TOO_LARGE;
            }
            out.write(chunk, 0, count);
        }
        return inflater.needsDictionary() ? WebSocketViolation.BAD_COMPRESSION : null;
    }

    /**
     * The result of decompression.
     *
     * @param message   empty after a violation
     * @param violation null when there is none
     */
    record Inflated(byte[] message, @Nullable WebSocketViolation violation) {}
}
