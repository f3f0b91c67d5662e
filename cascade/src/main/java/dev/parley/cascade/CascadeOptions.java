package dev.parley.cascade;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Options of the cascade.
 *
 * @param rules       instructions for a voice, added to each system prompt
 * @param window      how much of the conversation a request carries, in tokens, estimated as three characters each
 * @param fillerAfter time without a word after which "One moment." is said
 * @param silence     time without a token after which a request has failed
 */
public record CascadeOptions(String rules, int window, Duration fillerAfter, Duration silence) {

    static final int CHARACTERS_PER_TOKEN = 3;

    private static final int LEAST_WINDOW = 500;

    public CascadeOptions {
        if (window < LEAST_WINDOW) {
            throw new IllegalArgumentException("a window has at least " + LEAST_WINDOW + " tokens");
        }
    }

    /** Returns the built-in rules, a window of 8000 tokens, 1.2 s and 10 s. */
    public static CascadeOptions defaults() {
        return new CascadeOptions(builtInRules(), 8_000, Duration.ofMillis(1_200), Duration.ofSeconds(10));
    }

    public CascadeOptions withRules(String text) {
        return new CascadeOptions(text, window, fillerAfter, silence);
    }

    public CascadeOptions withWindow(int tokens) {
        return new CascadeOptions(rules, tokens, fillerAfter, silence);
    }

    private static String builtInRules() {
        try (InputStream file = CascadeOptions.class.getResourceAsStream("voice-rules.txt")) {
            if (file == null) {
                throw new IllegalStateException("voice-rules.txt is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
