package dev.parley.client;

import dev.parley.protocol.socket.Arguments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The received arguments of an event or ack. A missing argument reads as a missing node, an empty text, or no bytes. Immutable, provided
 * that nobody changes the nodes and arrays.
 */
public final class EventArguments {
    private static final String PLACEHOLDER = "_placeholder";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<JsonNode> nodes;
    private final List<byte[]> attachments;

    private EventArguments(List<JsonNode> nodes, List<byte[]> attachments) {
        this.nodes = nodes;
        this.attachments = attachments;
    }

    public int size() {
        return nodes.size();
    }

    public JsonNode json(int index) {
        return index < nodes.size() ? nodes.get(index) : MissingNode.getInstance();
    }

    public String text(int index) {
        return json(index).asString("");
    }

    /** Returns the attachment at {@code index}. */
    public byte[] bytes(int index) {
        return bytes(json(index));
    }

    /** Returns the attachment of a placeholder within an argument. */
    public byte[] bytes(JsonNode node) {
        int number = node.path(PLACEHOLDER).asBoolean(false) ? node.path("num").asInt(-1) : -1;
        return number >= 0 && number < attachments.size() ? attachments.get(number) : new byte[0];
    }

    /** Decodes received arguments, without the first {@code skip}. */
    static EventArguments read(Arguments arguments, int skip) {
        var nodes = new ArrayList<JsonNode>();
        JSON.readTree(arguments.json()).forEach(nodes::add);
        return new EventArguments(List.copyOf(nodes.subList(Math.min(skip, nodes.size()), nodes.size())),
                arguments.attachments());
    }

    /** Encodes arguments, after the name of an event if there is one; {@code byte[]} and binary nodes at any depth become attachments. */
    static Arguments write(@Nullable String name, @Nullable Object... values) {
        var attachments = new ArrayList<byte[]>();
        ArrayNode array = JSON.createArrayNode();
        if (name != null) {
            array.add(name);
        }
        for (Object value : values) {
            array.add(value instanceof byte[] bytes ? placeholder(bytes, attachments)
                    : replace(JSON.valueToTree(value), attachments));
        }
        return new Arguments(array.toString(), attachments);
    }

    private static JsonNode replace(JsonNode node, List<byte[]> attachments) {
        return switch (node) {
            case BinaryNode binary -> placeholder(binary.binaryValue(), attachments);
            case ObjectNode object -> {
                ObjectNode copy = JSON.createObjectNode();
                object.properties()
                        .forEach(entry -> copy.set(entry.getKey(), replace(entry.getValue(), attachments)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JSON.createArrayNode();
                array.forEach(element -> copy.add(replace(element, attachments)));
                yield copy;
            }
            default -> node;
        };
    }

    private static ObjectNode placeholder(byte[] bytes, List<byte[]> attachments) {
        attachments.add(bytes);
        return JSON.createObjectNode().put(PLACEHOLDER, true).put("num", attachments.size() - 1);
    }
}
