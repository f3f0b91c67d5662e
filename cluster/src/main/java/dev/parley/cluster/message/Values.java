package dev.parley.cluster.message;

import dev.parley.protocol.engine.Surrogates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes whole messages: JSON that begins with a brace, or MessagePack. Stateless; any thread. */
final class Values {
    private static final byte BRACE = '{';
    private static final int MAX_NAME = 1_024;
    private static final JsonMapper JSON = mapper(StreamReadConstraints.DEFAULT_MAX_DEPTH);

    private final MessageLimits limits;
    private final JsonMapper json;

    Values(MessageLimits limits) {
        this.limits = limits;
        this.json = mapper(limits.messageDepth());
    }

    /** Returns a mapper without limits for names and texts: the size of a message is limited before it is parsed. */
    private static JsonMapper mapper(int maxDepth) {
        return new JsonMapper(JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES) // a table of names is of no use for those of clients
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build());
    }

    MessageLimits limits() {
        return limits;
    }

    /** @throws MalformedMessageException when it is neither, or passes a limit */
    JsonNode read(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > limits.maxBytes()) {
            throw new MalformedMessageException("empty or too large");
        }
        return bytes[0] == BRACE ? json(new String(bytes, StandardCharsets.UTF_8)) : messagePack(bytes);
    }

    JsonNode messagePack(byte[] bytes) {
        return MessagePackReader.read(bytes, limits.messageDepth());
    }

    JsonNode json(String text) {
        try {
            return json.readTree(Surrogates.unescaped(text));
        } catch (JacksonException e) {
            throw new MalformedMessageException("not JSON");
        }
    }

    /** Parses JSON of this server. */
    static JsonNode own(String text) {
        return JSON.readTree(Surrogates.unescaped(text));
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode texts(Collection<String> texts) {
        var array = array();
        texts.forEach(array::add);
        return array;
    }

    static byte[] json(JsonNode value) {
        return escapedJson(value).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns JSON that UTF-8 can encode: lone surrogates are escapes. */
    static String escapedJson(JsonNode value) {
        return Surrogates.escaped(jsonText(value));
    }

    static String jsonText(JsonNode value) {
        return JSON.writeValueAsString(value);
    }

    /** Returns MessagePack if there are bytes in it, else JSON. */
    static byte[] shortest(JsonNode value) {
        return hasBinary(value) ? MessagePackWriter.write(value) : json(value);
    }

    static boolean hasBinary(JsonNode value) {
        if (value.isContainer()) {
            for (JsonNode child : value) {
                if (hasBinary(child)) {
                    return true;
                }
            }
        }
        return value.isBinary();
    }

    /** Returns a short text, or a number as text; the rooms of Node.js may be numbers. */
    static String name(JsonNode node) {
        if (node.isString() && node.stringValue().length() <= MAX_NAME) {
            return node.stringValue();
        }
        if (node.isNumber()) {
            return node.asString();
        }
        throw new MalformedMessageException("not a name");
    }

    static Optional<String> optionalName(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(name(node));
    }

    /** Returns the names in an array; none if there is no array. */
    static Set<String> names(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Set.of();
        }
        var names = new LinkedHashSet<String>();
        for (JsonNode child : requireArray(node)) {
            names.add(name(child));
        }
        return names;
    }

    static JsonNode requireArray(JsonNode node) {
        if (!node.isArray()) {
            throw new MalformedMessageException("not an array");
        }
        return node;
    }

    static JsonNode requireObject(JsonNode node) {
        if (!node.isObject()) {
            throw new MalformedMessageException("not an object");
        }
        return node;
    }

    /** Returns the first value of an array, which is what the adapters of Node.js pass on of a reply. */
    static Optional<JsonNode> first(JsonNode array) {
        var all = new ArrayList<JsonNode>(1);
        array.forEach(all::add);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }
}
