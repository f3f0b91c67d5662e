package dev.parley.cascade;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A language model and where it is. Written {@code ollama:MODEL}, {@code openai:MODEL}, or {@code URL#MODEL} for any OpenAI-compatible
 * service. A prefix ends at the first colon; the rest is the model, unchanged.
 *
 * @param base  the address to which {@code /chat/completions} is added
 * @param model name of the model
 */
public record LlmAddress(URI base, String model) {

    /** Describes a valid text. */
    public static final String WANTED = "ollama:MODEL, openai:MODEL or URL#MODEL, such as http://127.0.0.1:8080/v1#MODEL";

    /** The address at which Ollama listens, unless it is told otherwise. */
    public static final URI OLLAMA = URI.create("http://127.0.0.1:11434/v1");

    private static final URI OPENAI = URI.create("https://api.openai.com/v1");
    private static final int LONGEST_MODEL = 200;
    private static final Pattern LOOPBACK = Pattern
            .compile("localhost|127(?:\\.\\d{1,3}){3}|\\[(?:::1|0:0:0:0:0:0:0:1)\\]");

    public LlmAddress {
        if (model.isBlank() || model.length() > LONGEST_MODEL) {
            throw new IllegalArgumentException("the name of the model is missing or too long");
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static LlmAddress parse(String text) {
        int colon = text.indexOf(':');
        String prefix = text.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        return switch (prefix) {
            case "ollama" -> new LlmAddress(OLLAMA, rest);
            case "openai" -> new LlmAddress(OPENAI, rest);
            case "http", "https" -> url(text);
            default -> throw new IllegalArgumentException("no known prefix");
        };
    }

    private static LlmAddress url(String text) {
        int hash = text.indexOf('#');
        if (hash < 0) {
            throw new IllegalArgumentException("the model is missing");
        }
        try {
            var base = new URI(text.substring(0, hash).replaceFirst("/+$", ""));
            if (base.getHost() == null || base.getUserInfo() != null || base.getQuery() != null) {
                throw new IllegalArgumentException("the address has no host, or a user or a query");
            }
            return new LlmAddress(base, text.substring(hash + 1));
        } catch (URISyntaxException noUri) {
            throw new IllegalArgumentException("no address", noUri);
        }
    }

    /** Returns the host, as people write it. */
    public String host() {
        return base.getHost();
    }

    /** Returns whether it is on this machine. Everything else counts as a model that costs money. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(host().toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns whether a key may be sent there: over TLS, or within this machine. */
    public boolean isSafeForKey() {
        return "https".equalsIgnoreCase(base.getScheme()) || isLoopback();
    }

    /** Returns whether the service is OpenAI's own, which needs a key. */
    public boolean needsKey() {
        return base.equals(OPENAI);
    }
}
