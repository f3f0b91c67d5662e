package dev.parley.doctor.rig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A request or a response in a proxy. {@code head} ends with the empty line; {@code body} is unchanged from the wire. */
public record HttpMessage(String head, byte[] body) {

    /** Reads the next message; null at the end of the stream. */
    static @Nullable HttpMessage read(InputStream in, boolean answer) throws IOException {
        var head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
            last = last << 8 | next;
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        var bare = new HttpMessage(text, new byte[0]);
        if (bare.contains("transfer-encoding", "chunked")) {
            return new HttpMessage(text, chunks(in));
        }
        var length = bare.value("content-length");
        if (length.isPresent()) {
            return new HttpMessage(text, in.readNBytes(Integer.parseInt(length.get())));
        }
        boolean bodyless = !answer || text.startsWith("HTTP/1.1 101") || text.startsWith("HTTP/1.1 204")
                || text.startsWith("HTTP/1.1 304");
        return bodyless ? bare : new HttpMessage(text, in.readAllBytes());
    }

    public boolean contains(String name, String text) {
        return value(name).filter(value -> value.toLowerCase(Locale.ROOT).contains(text)).isPresent();
    }

    /** Returns the message with a header line added, or without the lines of a header if {@code line} is empty. */
    public HttpMessage with(String name, String line) {
        String rest = line.isEmpty() ? head.replaceAll("(?im)^" + name + ":[^\r\n]*\r\n", "") : head;
        return new HttpMessage(line.isEmpty() ? rest
                : rest.substring(0, rest.length() - 2) + name + ": " + line + "\r\n\r\n", body);
    }

    /** Returns the message with another first line. */
    public HttpMessage withFirstLine(String pattern, String replacement) {
        return new HttpMessage(head.replaceFirst(pattern, replacement), body);
    }

    public byte[] bytes() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    /** Returns the message with a compressed body. */
    HttpMessage zipped() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(zipped)) {
            zip.write(body);
        }
        String lines = head.replaceAll("(?i)\r\ncontent-length: [^\r]*", "").stripTrailing();
        return new HttpMessage(
                lines + "\r\ncontent-encoding: gzip\r\ncontent-length: " + zipped.size() + "\r\n\r\n",
                zipped.toByteArray());
    }

    private Optional<String> value(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                line.write(next);
                if (next == '\n') {
                    break;
                }
            }
            all.writeBytes(line.toByteArray());
            int size = Integer.parseInt(line.toString(StandardCharsets.ISO_8859_1).strip(), 16);
            all.writeBytes(in.readNBytes(size + 2));
            if (size == 0) {
                return all.toByteArray();
            }
        }
    }
}
