package dev.parley.server.test;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns Java values into the arguments of packets, bytes becoming attachments, and back. Safe from any thread. */
record ValueCodec(JsonMapper mapper) {
    private static final String PLACEHOLDER = "_placeholder";

    /**
     * Arguments as a client writes them.
     *
     * @param name of the event; null for an acknowledgement
     */
    Arguments write(@Nullable String name, @Nullable Object @Nullable... values) {
        var attachments = new ArrayList<byte[]>();
        var array = mapper.createArrayNode();
        if (name != null) {
            array.add(name);
        }
        // A bare null in the place of the values is one value, as on the server.
        for (Object value : values == null ? new @Nullable Object[]{null} : values) {
            array.add(detached(tree(value), attachments));
        }
        return new Arguments(mapper.writeValueAsString(array), attachments);
    }

    /** The values of a packet, attachments in their places. */
    List<JsonNode> read(Arguments arguments) {
        var array = (ArrayNode) mapper.readTree(arguments.json());
        return IntStream.range(0, array.size())
                .mapToObj(index -> attached(array.get(index), arguments.attachments()))
                .toList();
    }

    /** One value as JSON text. */
    String text(Object value) {
        return mapper.writeValueAsString(value);
    }

    private JsonNode tree(@Nullable Object value) {
        return switch (value) {
            case null -> mapper.nullNode();
            case RawJson raw -> mapper.readTree(raw.json());
            case byte[] bytes -> BinaryNode.valueOf(bytes);
            default -> mapper.valueToTree(value);
        };
    }

    private JsonNode detached(JsonNode node, List<byte[]> attachments) {
        return switch (node) {
            case BinaryNode binary -> {
                attachments.add(binary.binaryValue().clone());
                yield mapper.createObjectNode().put(PLACEHOLDER, true).put("num", attachments.size() - 1);
            }
            case ArrayNode array -> {
                var copy = mapper.createArrayNode();
                array.forEach(element -> copy.add(detached(element, attachments)));
                yield copy;
            }
            case ObjectNode object -> {
                var copy = mapper.createObjectNode();
                for (Map.Entry<String, JsonNode> each : object.properties()) {
                    copy.set(each.getKey(), detached(each.getValue(), attachments));
                }
                yield copy;
            }
            default -> node;
        };
    }

    private JsonNode attached(JsonNode node, List<byte[]> attachments) {
        return switch (node) {
            case ArrayNode array -> {
                var copy = mapper.createArrayNode();
                array.forEach(element -> copy.add(attached(element, attachments)));
                yield copy;
            }
            case ObjectNode object -> {
                int number = object.path(PLACEHOLDER).asBoolean(false) ? object.path("num").asInt(-1) : -1;
                if (number >= 0 && number < attachments.size()) {
                    yield BinaryNode.valueOf(attachments.get(number));
                }
                var copy = mapper.createObjectNode();
                for (Map.Entry<String, JsonNode> each : object.properties()) {
                    copy.set(each.getKey(), attached(each.getValue(), attachments));
                }
                yield copy;
            }
            default -> node;
        };
    }
}
