package dev.parley.talk;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a RIFF/WAVE file of plain PCM as 16-bit mono samples at the file's own rate. Reads forward only, so that a pipe works. Limits: ten
 * minutes of sound; {@code fmt } chunks up to 1 KiB.
 *
 * <p>
 * {@code javax.sound.sampled} cannot replace it: it returns a truncated file without an error and does not report why a file is unsupported.
 */
final class WavReader {
    private static final int MAX_SECONDS = 600;
    private static final int MAX_FORMAT_BYTES = 1024;
    private static final int MAX_CHUNKS = 1000;
    private static final int BLOCK_FRAMES = 8192;
    private static final String NOT_WAV = "is not a WAV file";

    private final Path file;

    private WavReader(Path file) {
        this.file = file;
    }

    /** Samples of one channel, and the sample rate. */
    record Sound(int rate, short[] samples) {}

    static Sound read(Path file) {
        if (Files.isDirectory(file)) {
            throw new RecordingException(file, "is a folder", "name a WAV file");
        }
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new WavReader(file).read(in);
        } catch (NoSuchFileException e) {
            throw new RecordingException(file, "does not exist", "name a WAV file that does");
        } catch (AccessDeniedException e) {
            throw new RecordingException(file, "may not be read", "give yourself the right to read it");
        } catch (IOException e) {
            throw new RecordingException(file, "could not be read (" + e.getMessage() + ")",
                    "check the disk or copy it again");
        }
    }

    private Sound read(InputStream in) throws IOException {
        byte[] riff = in.readNBytes(12);
        if (riff.length == 0) {
            throw new RecordingException(file, "is empty", "record it again");
        }
        if (riff.length < 12 || !name(riff, 0).equals("RIFF") || !name(riff, 8).equals("WAVE")) {
            throw RecordingException.unsupported(file, NOT_WAV + guess(riff));
        }
        WavFormat format = null;
        for (int chunk = 0; chunk < MAX_CHUNKS; chunk++) {
            byte[] head = in.readNBytes(8);
            if (head.length < 8) {
                throw new RecordingException(file, "holds no sound: it has no data chunk",
                        "record or copy it again");
            }
            long length = Integer
                    .toUnsignedLong(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4));
            switch (name(head, 0)) {
                case "fmt " -> format = WavFormat.parse(file, body(in, length));
                case "data" -> {
                    if (format == null) {
                        throw RecordingException.unsupported(file,
                                "does not say how its sound is stored: the fmt chunk is missing");
                    }
                    return sound(in, format, length);
                }
                default -> skip(in, padded(length));
            }
        }
        throw RecordingException.unsupported(file, "has more than " + MAX_CHUNKS + " chunks");
    }

    private byte[] body(InputStream in, long length) throws IOException {
        if (length > MAX_FORMAT_BYTES) {
            throw RecordingException.unsupported(file,
                    "has a format description of " + length + " bytes where 16 to 40 are usual");
        }
        byte[] body = in.readNBytes((int) length);
        skip(in, padded(length) - length);
        return body;
    }

    private Sound sound(InputStream in, WavFormat format, long announced) throws IOException {
        // A program that writes to a pipe does not know the length: it writes 0 or a value near the maximum, and the audio ends with the file.
        boolean open = announced == 0 || announced >= 0x7FFF_0000L;
        long limit = (long) MAX_SECONDS * format.rate();
        if (!open && announced / format.frameBytes() > limit) {
            throw tooLong();
        }
        short[] samples = new short[open ? format.rate() : (int) (announced / format.frameBytes())];
        byte[] block = new byte[BLOCK_FRAMES * format.frameBytes()];
        var view = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        long bytes = 0;
        while (open || bytes < announced) {
            int got = in.readNBytes(block, 0,
                    open ? block.length : (int) Math.min(block.length, announced - bytes));
            int frames = got / format.frameBytes();
            if (count + frames > limit) {
                throw tooLong();
            }
            if (count + frames > samples.length) {
                samples = Arrays.copyOf(samples,
                        (int) Math.min(limit, Math.max(2L * samples.length, count + frames)));
            }
            for (int i = 0; i < frames; i++) {
                samples[count++] = pcm16(format.mono(view, i * format.frameBytes()));
            }
            bytes += got;
            if (got < block.length) {
                break;
            }
        }
        if (!open && bytes < announced) {
            throw new RecordingException(file,
                    "is cut short: it announces " + announced + " bytes of sound and holds " + bytes,
                    "record or copy it again");
        }
        if (count == 0) {
            throw new RecordingException(file, "holds no sound: its data chunk is empty", "record it again");
        }
        return new Sound(format.rate(), Arrays.copyOf(samples, count));
    }

    /** Skips bytes. A file that ends early fails at the next chunk. */
    private static void skip(InputStream in, long count) throws IOException {
        try {
            in.skipNBytes(count);
        } catch (EOFException _early) {
            return;
        }
    }

    private RecordingException tooLong() {
        return new RecordingException(file, "is longer than " + MAX_SECONDS / 60 + " minutes",
                "cut it into shorter files");
    }

    private static short pcm16(float value) {
        return (short) Math.clamp(Math.round(value * 32_768f), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    private static long padded(long length) {
        return length + (length & 1);
    }

    private static String name(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    }

    private static String guess(byte[] head) {
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.startsWith("RIFX") || start.startsWith("RF64")) {
            return " of the usual kind but " + start.substring(0, 4);
        } else if (start.startsWith("OggS")) {
            return " but Ogg";
        } else if (start.startsWith("fLaC")) {
            return " but FLAC";
        } else if (start.startsWith("ID3")
                || (head.length > 1 && head[0] == (byte) 0xFF && (head[1] & 0xE0) == 0xE0)) {
            return " but MP3";
        } else if (start.startsWith("ftyp", 4)) {
            return " but MP4";
        } else if (start.startsWith("\u001AE\u00DF\u00A3")) {
            return " but WebM";
        }
        return "";
    }
}
