package dev.parley.voice.tool;

import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.function.BiFunction;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reading arguments and writing answers, the same for all tools. */
final class Results {
    private Results() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode error(String sentence) {
        return object().put("error", sentence);
    }

    /** An argument as text: strings and numbers are taken as they are written, anything else counts as absent and gives "". */
    static String text(ObjectNode arguments, String name) {
        var value = arguments.get(name);
        return value == null || !(value.isString() || value.isNumber()) ? "" : value.asString().strip();
    }

    /** A flag: true only for {@code true} or {@code "true"}. */
    static boolean flag(ObjectNode arguments, String name) {
        var value = arguments.get(name);
        return value != null && (value.isBoolean() ? value.booleanValue()
                : value.isString() && value.asString().equals("true"));
    }

    static Tool tool(String name, String description, String schema,
            BiFunction<ObjectNode, ToolContext, ObjectNode> work) {
        var spec = new ToolSpec(name, description, schema);
        return new Tool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public ObjectNode call(ObjectNode arguments, ToolContext context) {
                return work.apply(arguments, context);
            }
        };
    }
}
