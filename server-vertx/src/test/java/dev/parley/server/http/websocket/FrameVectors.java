package dev.parley.server.http.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.params.provider.Arguments;

/** Reads the vectors of WebSocket; their language is explained in {@code vectors/websocket.txt}. */
public final class FrameVectors {
    /** Maximum size of a message, in bytes, that the vectors assume. */
    public static final int MAX = 20_000;
    private static final List<String> KINDS = List.of("cont", "text", "bin", "op3", "op4", "op5", "op6",
            "op7", "close", "ping", "pong", "op11", "op12", "op13", "op14", "op15");
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};
    private static final int CUT_OFF = 4;

    private FrameVectors() {}

    /** The vectors of RFC 6455. */
    public static Stream<Arguments> plain() {
        return read("websocket.txt");
    }

    /** The vectors of RFC 7692. */
    public static Stream<Arguments> compressed() {
        return read("websocket-deflate.txt");
    }

    /** Name, input, expectation. */
    private static Stream<Arguments> read(String file) {
        try (var in = FrameVectors.class.getResourceAsStream("/vectors/" + file)) {
            if (in == null) {
                throw new IllegalStateException("no vectors called " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", -1))
                    .map(parts -> Arguments.of(parts[0], parts[1], parts[2]))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes that a client sends. */
    public static byte[] sent(String input) {
        var out = new ByteArrayOutputStream();
        for (String frame : words(input)) {
            out.writeBytes(
                    frame.startsWith("=") ? HexFormat.of().parseHex(frame.substring(1)) : frames(frame));
        }
        return out.toByteArray();
    }

    /** Returns the expected results, each in the form of {@link #thing}. */
    public static List<String> expected(String expectation) {
        return words(expectation).stream().map(word -> {
            int colon = word.indexOf(':');
            return word.startsWith("!") ? word
                    : word.startsWith("close:") ? word
                            : thing(word.substring(0, colon), payload(word.substring(colon + 1)));
        }).toList();
    }

    /** A frame that came, short enough to be read in a failed test. */
    public static String thing(String kind, byte[] payload) {
        String text = HexFormat.of().formatHex(payload);
        return kind + " " + (text.length() < 200 ? text : payload.length + " #" + Arrays.hashCode(payload));
    }

    private static byte[] frames(String frame) {
        int colon = frame.indexOf(':');
        var head = frame.substring(0, colon);
        byte[] payload = payload(frame.substring(colon + 1));
        var out = new ByteArrayOutputStream();
        int slash = head.indexOf('/');
        if (slash < 0) {
            boolean compressed = frame.startsWith("z", colon + 1) && frame.indexOf(':', colon + 1) > 0;
            write(out, compressed ? head + ".rsv1" : head, payload);
            return out.toByteArray();
        }
        boolean pings = head.endsWith("!");
        int size = Integer.parseInt(head.substring(slash + 1, head.length() - (pings ? 1 : 0)));
        String kind = head.substring(0, slash) + (frame.startsWith("z", colon + 1) ? ".rsv1" : "");
        for (int at = 0; at < payload.length; at += size) {
            boolean last = at + size >= payload.length;
            write(out, (at == 0 ? kind : "cont") + (last ? "" : ".more"),
                    Arrays.copyOfRange(payload, at, Math.min(payload.length, at + size)));
            if (pings && !last) {
                write(out, "ping", new byte[]{'!'});
            }
        }
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String head, byte[] payload) {
        var flags = List.of(head.split("\\."));
        int first = KINDS.indexOf(flags.getFirst()) | (flags.contains("more") ? 0 : 0x80)
                | (flags.contains("rsv1") ? 0x40 : 0) | (flags.contains("rsv2") ? 0x20 : 0)
                | (flags.contains("rsv3") ? 0x10 : 0);
        int masked = flags.contains("bare") ? 0 : 0x80;
        int length = payload.length;
        out.write(first);
        if (flags.contains("len64") || length > 65_535) {
            out.write(masked | 127);
            number(out, length, 8);
        } else if (flags.contains("len16") || length > 125) {
            out.write(masked | 126);
            number(out, length, 2);
        } else {
            out.write(masked | length);
        }
        if (flags.contains("head")) {
            return;
        }
        if (masked != 0) {
            out.writeBytes(MASK);
        }
        for (int i = 0; i < length; i++) {
            out.write(masked == 0 ? payload[i] : payload[i] ^ MASK[i % 4]);
        }
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            out.write((int) (value >> (8 * i)));
        }
    }

    private static byte[] payload(String text) {
        int colon = text.startsWith("'") ? -1 : text.indexOf(':');
        int quote = text.indexOf('\'');
        if (colon > 0 && (quote < 0 || colon < quote)) {
            byte[] rest = payload(text.substring(colon + 1));
            String how = text.substring(0, colon);
            return how.equals("e") ? event(rest) : compressed(how.substring(1), rest);
        }
        var out = new ByteArrayOutputStream();
        for (String part : text.isEmpty() ? new String[0] : text.split("\\+(?=['#x])")) {
            out.writeBytes(switch (part.charAt(0)) {
                case '\'' -> part.substring(1, part.length() - 1).getBytes(StandardCharsets.UTF_8);
                case '#' -> HexFormat.of().parseHex(part.substring(1));
                case 'x' -> "x".repeat(Integer.parseInt(part.substring(1))).getBytes(StandardCharsets.UTF_8);
                default -> throw new IllegalArgumentException(part);
            });
        }
        return out.toByteArray();
    }

    private static byte[] event(byte[] argument) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("42[\"inline\",\"".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(argument);
        out.writeBytes("\"]".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static byte[] compressed(String how, byte[] message) {
        return switch (how) {
            case "", "0", "1" ->
                flushed(new Deflater(how.isEmpty() ? 6 : Integer.parseInt(how), true), message);
            case "h" -> {
                var deflater = new Deflater(6, true);
                deflater.setStrategy(Deflater.HUFFMAN_ONLY);
                yield flushed(deflater, message);
            }
            case "f" -> lastBlocks(1, false, message);
            case "d" -> lastBlocks(2, true, message);
            default -> lastBlocks(Integer.parseInt(how), false, message);
        };
    }

    /** RFC 7692, section 7.2.1: flushed, and its last four bytes cut off. */
    private static byte[] flushed(Deflater deflater, byte[] message) {
        deflater.setInput(message);
        var out = new ByteArrayOutputStream();
        drain(deflater, Deflater.SYNC_FLUSH, out);
        return Arrays.copyOf(out.toByteArray(), out.size() - CUT_OFF);
    }

    /** The same in blocks that each say that they are the last, with the beginning of an empty block behind them. */
    private static byte[] lastBlocks(int count, boolean referring, byte[] message) {
        var out = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = message.length * (i + 1) / count;
            var deflater = new Deflater(6, true);
            if (referring && from > 0) {
                deflater.setDictionary(message, 0, from);
            }
            deflater.setInput(message, from, to - from);
            deflater.finish();
            drain(deflater, Deflater.NO_FLUSH, out);
            from = to;
        }
        out.write(0);
        return out.toByteArray();
    }

    private static void drain(Deflater deflater, int flush, ByteArrayOutputStream out) {
        byte[] chunk = new byte[8192];
        int count;
        do {
            count = deflater.deflate(chunk, 0, chunk.length, flush);
            out.write(chunk, 0, count);
        } while (count > 0 || !deflater.needsInput());
        deflater.end();
    }

    /** Returns the content of a compressed frame of the server. */
    public static byte[] inflated(byte[] payload) {
        var inflater = new Inflater(true);
        var out = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        try {
            for (byte[] input : List.of(payload, new byte[]{0, 0, (byte) 0xff, (byte) 0xff})) {
                inflater.setInput(input);
                for (int count = inflater.inflate(chunk); count > 0; count = inflater.inflate(chunk)) {
                    out.write(chunk, 0, count);
                }
            }
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        } finally {
            inflater.end();
        }
        return out.toByteArray();
    }

    /** Splits at spaces that are in no quoted text. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at <= line.length(); at++) {
            if (at == line.length() || (line.charAt(at) == ' ' && !quoted)) {
                if (at > from) {
                    words.add(line.substring(from, at));
                }
                from = at + 1;
            } else if (line.charAt(at) == '\'') {
                quoted = !quoted;
            }
        }
        return words;
    }
}
