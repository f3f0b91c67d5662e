package dev.parley.server.http.response;

import dev.parley.server.http.header.ListHeader;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Compresses responses above a threshold, in an encoding that the client accepts. Safe from any thread. */
public record Compression(OptionalInt threshold) {
    public enum Coding {
        GZIP("gzip"),
        DEFLATE("deflate");

        private final String text;

        Coding(String text) {
            this.text = text;
        }

        /** As in {@code Content-Encoding}. */
        public String text() {
            return text;
        }
    }

    /** Returns the encoding for a body of this size; null for none. */
    public @Nullable Coding coding(int size, @Nullable String acceptEncoding) {
        if (acceptEncoding == null || threshold.isEmpty() || size < threshold.getAsInt()) {
            return null;
        }
        Coding found = null;
        for (String part : ListHeader.elements(acceptEncoding.toLowerCase(Locale.ROOT))) {
            String[] parameters = part.split(";", 2);
            String name = parameters[0].strip();
            boolean refused = parameters.length > 1 && parameters[1].strip().matches("q=0(\\.0*)?");
            if (refused) {
                continue;
            }
            if (name.equals("gzip") || name.equals("*")) {
                return Coding.GZIP;
            }
            if (name.equals("deflate")) {
                found = Coding.DEFLATE;
            }
        }
        return found;
    }

    /** Compresses a body at the fastest level: event loops do it, and packets are mostly JSON, which compresses well. */
    public static byte[] compress(Coding coding, byte[] body) {
        return compress(coding, body, Deflater.BEST_SPEED);
    }

    public static byte[] compress(Coding coding, byte[] body, int level) {
        boolean gzip = coding == Coding.GZIP;
        var deflater = new Deflater(level, gzip);
        try {
            var out = new ByteArrayOutputStream(64 + body.length / 2);
            if (gzip) {
                out.writeBytes(new byte[]{0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
            }
            deflater.setInput(body);
            deflater.finish();
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            if (gzip) {
                var crc = new CRC32();
                crc.update(body);
                littleEndian(out, (int) crc.getValue());
                littleEndian(out, body.length);
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void littleEndian(ByteArrayOutputStream out, int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(value >> shift);
        }
    }
}
