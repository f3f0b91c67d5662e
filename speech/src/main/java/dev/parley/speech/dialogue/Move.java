package dev.parley.speech.dialogue;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a skill wants to do about an utterance. */
sealed interface Move {

    /** Say this. */
    record Tell(String text) implements Move {}

    /** Ask a tool, and word its result with {@code answer}. {@code ability} completes "I cannot … here" when the tool is missing. */
    record Ask(String tool, ObjectNode arguments, String ability,
            Function<JsonNode, String> answer) implements Move {}

    /** Ask back before the tool can be called; when the tool is missing there is no use in asking. */
    record Need(String tool, String ability, String question) implements Move {}

    /** Ask a tool if it is there, else say this. */
    record Prefer(Ask ask, String otherwise) implements Move {}

    static ObjectNode arguments() {
        return JsonNodeFactory.instance.objectNode();
    }
}
