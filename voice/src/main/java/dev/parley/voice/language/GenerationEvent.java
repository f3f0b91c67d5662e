package dev.parley.voice.language;

import java.util.List;

/** An event of a generation. Texts come in any number of pieces; the end says the rest at once. */
public sealed interface GenerationEvent {

    /** The next piece of the text. Never empty. */
    record Text(String piece) implements GenerationEvent {}

    /**
     * The generation has ended as the model wished.
     *
     * @param calls tool calls that the model wants, in its order; their arguments are JSON objects
     * @param usage the tokens, as the provider counted them; see {@link Usage#UNKNOWN}
     */
    record Done(List<Prompt.ToolUse> calls, Usage usage) implements GenerationEvent {
        public Done {
            calls = List.copyOf(calls);
        }
    }

    /** The generation has failed. */
    record Failed(GenerationFailure failure) implements GenerationEvent {}

    /** Tokens of one request. */
    record Usage(int input, int output) {

        /** The provider did not report the tokens. */
        public static final Usage UNKNOWN = new Usage(-1, -1);

        /** Returns whether the provider reported the tokens. */
        public boolean known() {
            return input >= 0 && output >= 0;
        }
    }
}
