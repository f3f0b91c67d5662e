package dev.parley.assistant.tool;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the arguments of a tool and builds its result. Stateless. */
public final class ToolJson {
    private ToolJson() {}

    /** Returns an empty result. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns the result of a tool that could not do its work; {@code sentence} is fit to be spoken. */
    public static ObjectNode error(String sentence) {
        return object().put("error", sentence);
    }

    /** Returns an argument as text. Strings and numbers are taken as written; anything else counts as absent and gives "". */
    public static String text(ObjectNode arguments, String name) {
        var value = arguments.get(name);
        return value == null || !(value.isString() || value.isNumber()) ? "" : value.asString().strip();
    }

    /** Returns a flag, which is true only for {@code true} or {@code "true"}. */
    public static boolean flag(ObjectNode arguments, String name) {
        var value = arguments.get(name);
        return value != null && (value.isBoolean() ? value.booleanValue()
                : value.isString() && value.asString().equals("true"));
    }
}
