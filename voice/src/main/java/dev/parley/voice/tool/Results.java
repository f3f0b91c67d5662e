package dev.parley.voice.tool;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reading arguments and writing answers, the same for all tools. Stateless. */
public final class Results {
    private Results() {}

    /** An answer to be filled. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The answer of a tool that could not do it; {@code sentence} is fit to be spoken. */
    public static ObjectNode error(String sentence) {
        return object().put("error", sentence);
    }

    /** An argument as text: strings and numbers are taken as they are written, anything else counts as absent and gives "". */
    public static String text(ObjectNode arguments, String name) {
        var value = arguments.get(name);
        return value == null || !(value.isString() || value.isNumber()) ? "" : value.asString().strip();
    }

    /** A flag: true only for {@code true} or {@code "true"}. */
    public static boolean flag(ObjectNode arguments, String name) {
        var value = arguments.get(name);
        return value != null && (value.isBoolean() ? value.booleanValue()
                : value.isString() && value.asString().equals("true"));
    }
}
