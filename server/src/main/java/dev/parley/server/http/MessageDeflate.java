package dev.parley.server.http;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compression of WebSocket messages, RFC 7692, with no context kept between messages on either side: one would cost up to 300 KB a
 * connection, and a message for many could not be compressed once for all. One for each event loop; not thread-safe.
 */
final class MessageDeflate {
    private static final String NAME = "permessage-deflate";
    private static final Set<String> FLAGS = Set.of("server_no_context_takeover",
            "client_no_context_takeover", "client_max_window_bits");
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int LEVEL = 6;
    private static final int CHUNK = 8192;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] chunk = new byte[CHUNK];

    /** What is answered to a client's {@code Sec-WebSocket-Extensions}; null when nothing in it can be agreed to. */
    static @Nullable String agree(@Nullable String offers) {
        if (offers == null) {
            return null;
        }
        for (String offer : ListHeader.elements(offers)) {
            var parts = ListHeader.parameters(offer.toLowerCase(Locale.ROOT));
            if (!parts.isEmpty() && parts.getFirst().equals(NAME)
                    && parts.stream().skip(1).allMatch(MessageDeflate::acceptable)) {
                return NAME + "; server_no_context_takeover; client_no_context_takeover";
            }
        }
        return null;
    }

    /** The window of what we send is always the largest, so a client that asks for a smaller one goes without. */
    private static boolean acceptable(String parameter) {
        String name = parameter.strip().split("=", 2)[0].strip();
        return FLAGS.contains(name);
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
        return Arrays.copyOf(whole, whole.length - TAIL.length);
    }

    /** Null when it is no compressed message, or becomes larger than allowed. */
    byte @Nullable [] inflate(byte[] message, int max) {
        inflater.reset();
        var out = new ByteArrayOutputStream(64 + 2 * message.length);
        try {
            inflater.setInput(message);
            boolean more = pump(out, max);
            if (more && !inflater.finished()) {
                inflater.setInput(TAIL);
                more = pump(out, max);
            }
            return more ? out.toByteArray() : null;
        } catch (DataFormatException e) {
            return null;
        }
    }

    private boolean pump(ByteArrayOutputStream out, int max) throws DataFormatException {
        for (int count = inflater.inflate(chunk); count > 0; count = inflater.inflate(chunk)) {
            if (out.size() + count > max) {
                return false;
            }
            out.write(chunk, 0, count);
        }
        return !inflater.needsDictionary();
    }
}
