package dev.parley.cascade.openai;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Describes tools to LangChain4j. Schemas of parameters pass through unchanged. Pure. */
final class Schemas {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Schemas() {}

    static ToolSpecification of(ToolSpec tool) {
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(parameters(tool.inputSchema()))
                .build();
    }

    /** Reads a schema of an object. A text that is no such schema gives an object without parameters. */
    private static JsonObjectSchema parameters(String schema) {
        var builder = JsonObjectSchema.builder();
        try {
            JsonNode root = JSON.readTree(schema);
            var required = new ArrayList<String>();
            root.path("required").forEach(name -> required.add(name.asString("")));
            builder.addProperties(raw(root.path("properties"))).required(required);
            if (root.path("additionalProperties").isBoolean()) {
                builder.additionalProperties(root.path("additionalProperties").asBoolean());
            }
            if (root.path("description").isString()) {
                builder.description(root.path("description").asString());
            }
            if (root.has("$defs")) {
                builder.definitions(raw(root.path("$defs")));
            }
        } catch (JacksonException notJson) {
            return JsonObjectSchema.builder().build();
        }
        return builder.build();
    }

    private static Map<String, JsonSchemaElement> raw(JsonNode schemas) {
        var elements = new LinkedHashMap<String, JsonSchemaElement>();
        schemas.properties()
                .forEach(one -> elements.put(one.getKey(), JsonRawSchema.from(one.getValue().toString())));
        return elements;
    }
}
