package dev.parley.assistant.dialogue;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The dialogue move with which a skill answers an utterance. */
sealed interface Move {

    /** Says this. */
    record Tell(String text) implements Move {}

    /** Asks a tool and words its result with {@code answer}. {@code ability} completes "I cannot … here" if the tool is missing. */
    record Ask(String tool, ObjectNode arguments, String ability,
            Function<JsonNode, String> answer) implements Move {}

    /** Asks the user for a detail before the tool can be called, unless the tool is missing. */
    record Need(String tool, String ability, String question) implements Move {}

    /** Asks a tool if it exists, else says this. */
    record Prefer(Ask ask, String otherwise) implements Move {}

    static ObjectNode arguments() {
        return JsonNodeFactory.instance.objectNode();
    }
}
