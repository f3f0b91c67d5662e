package dev.parley.assistant.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a tool, in order, and their JSON schema. Immutable. */
public final class ToolParameters {

    private static final ToolParameters NONE = new ToolParameters(List.of());

    private final List<Parameter> parameters;

    /** The JSON type of a parameter. */
    public enum JsonType {
        STRING,
        NUMBER,
        INTEGER,
        BOOLEAN
    }

    private record Parameter(String name, ObjectNode schema, boolean required) {}

    private ToolParameters(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /** Returns the parameters of a tool without any, to which others may be added. */
    public static ToolParameters none() {
        return NONE;
    }

    /** Adds a parameter that a model must give. */
    public ToolParameters required(String name, JsonType type, String description) {
        return with(new Parameter(name, describe(schema(type), description), true));
    }

    /** Adds a parameter that a model must give and whose name says enough. */
    public ToolParameters required(String name, JsonType type) {
        return with(new Parameter(name, schema(type), true));
    }

    /** Adds a parameter that a model may omit. */
    public ToolParameters optional(String name, JsonType type, String description) {
        return with(new Parameter(name, describe(schema(type), description), false));
    }

    /** Adds a whole number within bounds that a model may omit. */
    public ToolParameters optional(String name, int minimum, int maximum, String description) {
        ObjectNode schema = schema(JsonType.INTEGER).put("minimum", minimum).put("maximum", maximum);
        return with(new Parameter(name, describe(schema, description), false));
    }

    /** Returns the JSON schema as text. */
    public String schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        parameters.forEach(parameter -> properties.set(parameter.name(), parameter.schema()));
        List<String> required = parameters.stream().filter(Parameter::required).map(Parameter::name).toList();
        if (!required.isEmpty()) {
            var names = schema.putArray("required");
            required.forEach(names::add);
        }
        return schema.toString();
    }

    private ToolParameters with(Parameter added) {
        var all = new ArrayList<>(parameters);
        all.add(added);
        return new ToolParameters(all);
    }

    private static ObjectNode schema(JsonType type) {
        return JsonNodeFactory.instance.objectNode().put("type", type.name().toLowerCase(Locale.ROOT));
    }

    private static ObjectNode describe(ObjectNode schema, String description) {
        return schema.put("description", description);
    }
}
