package dev.parley.nova;

/**
 * The optional features of a model. Its identifier is free text, so that a model newer than this program can be named: an unknown model is
 * assumed to have the features of the current one.
 *
 * @param turnDetection whether {@code sessionStart} may set how short a pause ends a turn
 * @param typedInput    whether the model answers text in the middle of a conversation
 */
public record ModelFeatures(boolean turnDetection, boolean typedInput) {

    /** Returns the features of the model with this identifier; the first model has neither. */
    public static ModelFeatures of(String modelId) {
        boolean first = modelId.contains("nova-sonic-v1");
        return new ModelFeatures(!first, !first);
    }
}
