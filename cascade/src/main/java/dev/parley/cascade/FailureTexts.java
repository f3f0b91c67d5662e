package dev.parley.cascade;

import dev.parley.voice.language.GenerationFailure.Kind;

/** The words for a failure of the language model: one sentence for the speaker, one for the operator. Pure. */
final class FailureTexts {

    private FailureTexts() {}

    /**
     * Returns the sentence for the speaker.
     *
     * @param begun whether a part of the reply was already said
     */
    static String spoken(Kind kind, boolean begun) {
        if (begun) {
            return kind == Kind.ENDLESS ? "Sorry, I got stuck there." : "Sorry, I lost the rest of that.";
        }
        return switch (kind) {
            case UNREACHABLE -> "I cannot reach my language model at the moment.";
            case KEY -> "My language model does not accept my key.";
            case MODEL, REDIRECTED -> "My language model cannot be found.";
            case BUSY -> "My language model is busy; please try again in a moment.";
            case PROVIDER -> "My language model has a problem; please try again in a moment.";
            case REQUEST -> "My language model did not accept that request.";
            case CUT -> "My language model broke off; please ask again.";
            case SILENT -> "My language model does not respond; please ask again in a moment.";
            case MALFORMED -> "Something went wrong with that; please ask again.";
            case ENDLESS -> "Sorry, I got stuck there.";
            case EMPTY -> "Sorry, I have no answer to that.";
        };
    }

    /** Returns what the operator can do, for the log. */
    static String advice(Kind kind) {
        return switch (kind) {
            case UNREACHABLE -> "start the service, or correct the address in llm";
            case KEY -> "set llm-key or llm-key-file to a valid key of this service";
            case MODEL ->
                "check the model's name and the address in llm; Ollama needs \"ollama pull MODEL\" first";
            case REDIRECTED ->
                "set llm to the address to which the service redirects; redirects are not followed";
            case BUSY -> "raise the limits at the provider, or lower max-conversations";
            case PROVIDER, CUT, SILENT -> "look at the state and the log of the service";
            case REQUEST ->
                "check that the model supports tools and the length of the prompt; lower llm-window";
            case MALFORMED, ENDLESS, EMPTY ->
                "choose a model in llm that is better at tools and conversation";
        };
    }
}
