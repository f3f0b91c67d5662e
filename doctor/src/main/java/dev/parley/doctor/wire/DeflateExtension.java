package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Response;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The extension permessage-deflate of one WebSocket, on the client's side (RFC 7692). One thread inflates while another deflates. An inflated
 * message has at most {@code limit} bytes.
 */
final class DeflateExtension {
    /** The offer of browsers. */
    static final String OFFER = "permessage-deflate; client_max_window_bits";
    private static final String NAME = "permessage-deflate";
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final String LARGEST_WINDOW = "15";

    private final Inflater inflater = new Inflater(true);
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final boolean forgetsReceived;
    private final boolean forgetsSent;
    private final boolean compresses;

    private DeflateExtension(boolean forgetsReceived, boolean forgetsSent, boolean compresses) {
        this.forgetsReceived = forgetsReceived;
        this.forgetsSent = forgetsSent;
        this.compresses = compresses;
    }

    /** Returns the agreed extension; empty if the server agreed to none. */
    static Optional<DeflateExtension> agreed(Response response) {
        String text = String.join(",", response.headers().all("sec-websocket-extensions"));
        String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals(NAME)) {
            return Optional.empty();
        }
        boolean forgetsReceived = false;
        boolean forgetsSent = false;
        boolean compresses = true;
        for (String part : parts) {
            String parameter = part.strip();
            forgetsReceived |= parameter.equals("server_no_context_takeover");
            forgetsSent |= parameter.equals("client_no_context_takeover");
            // The JDK compresses with the largest window only. Uncompressed messages are allowed.
            compresses &= !parameter.startsWith("client_max_window_bits=")
                    || parameter.endsWith("=" + LARGEST_WINDOW);
        }
        return Optional.of(new DeflateExtension(forgetsReceived, forgetsSent, compresses));
    }

    /** Returns whether messages to the server are compressed. */
    boolean compresses() {
        return compresses;
    }

    byte[] inflate(byte[] message, int limit) throws WireException {
        var plain = new ByteArrayOutputStream();
        try {
            inflate(message, plain, limit);
            inflate(TAIL, plain, limit);
        } catch (DataFormatException e) {
            throw new WireException(ConnectionFailure.Kind.FRAME, "compressed data cannot be inflated");
        }
        if (forgetsReceived) {
            inflater.reset();
        }
        return plain.toByteArray();
    }

    private void inflate(byte[] data, ByteArrayOutputStream into, int limit)
            throws DataFormatException, WireException {
        var part = new byte[8_192];
        inflater.setInput(data);
        for (int length = inflater.inflate(part); length > 0; length = inflater.inflate(part)) {
            into.write(part, 0, length);
            if (into.size() > limit) {
                throw new WireException(ConnectionFailure.Kind.FRAME, "a message is too large");
            }
        }
        if (inflater.finished()) {
            // A message may end its stream; the next one begins a new stream.
            inflater.reset();
        }
    }

    byte[] deflate(byte[] message) {
        var packed = new ByteArrayOutputStream();
        var part = new byte[8_192];
        deflater.setInput(message);
        int length;
        do {
            length = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            packed.write(part, 0, length);
        } while (length == part.length);
        if (forgetsSent) {
            deflater.reset();
        }
        byte[] all = packed.toByteArray();
        // Nothing is flushed twice: an empty message is an empty block.
        return all.length < TAIL.length ? new byte[]{0} : Arrays.copyOf(all, all.length - TAIL.length);
    }
}
