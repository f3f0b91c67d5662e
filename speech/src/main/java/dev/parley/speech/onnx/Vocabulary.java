package dev.parley.speech.onnx;

import dev.parley.speech.parts.SpeechException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** Maps Moonshine's tokens to text. Immutable. */
final class Vocabulary {

    /** Prefix of the vocabulary, a base64 text in Moonshine's script. It begins with the tokens {@code <unk>} and {@code <s>}. */
    private static final String BEGINS = "\"PHVuaz4KPHM+";
    private static final int CONTROL_TOKENS = 3;

    private final List<String> tokens;

    private Vocabulary(List<String> tokens) {
        this.tokens = tokens;
    }

    static Vocabulary load(Path script) {
        try {
            String text = Files.readString(script);
            int start = text.indexOf(BEGINS) + 1;
            int end = text.indexOf('"', start);
            if (start == 0 || end < 0) {
                throw new SpeechException("The speech model file " + script + " holds no vocabulary.");
            }
            byte[] lines = Base64.getDecoder().decode(text.substring(start, end));
            return new Vocabulary(List.of(new String(lines, StandardCharsets.UTF_8).split("\n", -1)));
        } catch (IOException e) {
            throw new SpeechException(
                    "The speech model file " + script + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns the text of {@code ids}. A token is a piece of a word, {@code ▁} a space, and {@code <0x41>} one byte of UTF-8. */
    String text(List<Integer> ids) {
        var bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            if (id < CONTROL_TOKENS || id >= tokens.size()) {
                continue;
            }
            String token = tokens.get(id);
            if (token.length() == 6 && token.startsWith("<0x")) {
                bytes.write(Integer.parseInt(token.substring(3, 5), 16));
            } else {
                bytes.writeBytes(token.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
