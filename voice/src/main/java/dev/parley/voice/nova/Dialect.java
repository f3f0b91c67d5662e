package dev.parley.voice.nova;

/**
 * What a model understands beyond what all do. The identifier is free text, so that a model newer than this program can be named; it is
 * taken to know what the current one knows.
 *
 * @param turnDetection whether {@code sessionStart} may say how short a pause ends a turn
 * @param typedInput    whether it answers text in the middle of a conversation
 */
public record Dialect(boolean turnDetection, boolean typedInput) {

    /** The first model knew neither. */
    public static Dialect of(String modelId) {
        boolean first = modelId.contains("nova-sonic-v1");
        return new Dialect(!first, !first);
    }
}
