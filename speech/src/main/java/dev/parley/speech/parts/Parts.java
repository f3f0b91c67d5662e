package dev.parley.speech.parts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The model files in one folder. Each is checked against the digest that was packed at build time before it is returned. Thread-safe. */
public final class Parts {

    private static final String MEND = "run ./parley or build/fetch, which fetches it";
    private static final Map<String, Part> LISTED = listed();

    private final Path folder;

    private record Part(String sha256, long bytes) {}

    /** Returns the parts under {@code folder}, in the layout of build/fetch. Reads no file yet. */
    public Parts(Path folder) {
        this.folder = folder;
    }

    /**
     * Returns the path of a part that is present and undamaged.
     *
     * @param name as in parts.tsv, for example {@code speech/silero_vad_v5.onnx}
     * @throws SpeechException if the file is missing, cannot be read, or is not the one that was fetched
     */
    public Path whole(String name) {
        Part part = LISTED.get(name);
        if (part == null) {
            throw new IllegalArgumentException("no part is called " + name);
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new SpeechException("The speech model file " + file + " is missing: " + MEND + ".");
        }
        try {
            if (Files.size(file) != part.bytes() || !sha256(file).equals(part.sha256())) {
                throw new SpeechException("The speech model file " + file
                        + " is damaged (its checksum differs): delete it, then " + MEND + " again.");
            }
        } catch (IOException e) {
            throw new SpeechException("The speech model file " + file + " cannot be read: " + e.getMessage(),
                    e);
        }
        return file;
    }

    private static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 18];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Map<String, Part> listed() {
        var in = Parts.class.getResourceAsStream("parts.tsv");
        if (in == null) {
            throw new IllegalStateException("parts.tsv was not packed into this jar");
        }
        Map<String, Part> parts = new HashMap<>();
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] column = line.split("\t", -1);
                    parts.put(column[4], new Part(column[0], Long.parseLong(column[1])));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("parts.tsv cannot be read", e);
        }
        return Map.copyOf(parts);
    }
}
