package dev.parley.cluster.message;

import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketPacket;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events and replies as trees in which bytes stand where {@link Arguments} have placeholders. Stateless; any thread. */
final class EventValues {
    private static final String PLACEHOLDER = "_placeholder";

    private EventValues() {}

    static JsonNode tree(Arguments arguments) {
        var tree = Values.own(arguments.json());
        return arguments.attachments().isEmpty() ? tree : withBytes(tree, arguments.attachments());
    }

    private static JsonNode withBytes(JsonNode node, List<byte[]> attachments) {
        if (node.isArray()) {
            var array = Values.array();
            node.forEach(child -> array.add(withBytes(child, attachments)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        int number = node.path(PLACEHOLDER).asBoolean(false) ? node.path("num").asInt(-1) : -1;
        if (number >= 0 && number < attachments.size()) {
            return Values.array().binaryNode(attachments.get(number));
        }
        var object = Values.object();
        for (var property : node.properties()) {
            object.set(property.getKey(), withBytes(property.getValue(), attachments));
        }
        return object;
    }

    /**
     * Returns the arguments of an event for sockets.
     *
     * @throws MalformedMessageException when clients would close the connection on it
     */
    static Arguments socketEvent(JsonNode data, MessageLimits limits) {
        var event = serverEvent(data, limits);
        if (SocketPacket.isReserved(event.name())) {
            throw new MalformedMessageException("an event with a reserved name");
        }
        return event;
    }

    /** Returns the arguments of an event for the application of another server. */
    static Arguments serverEvent(JsonNode data, MessageLimits limits) {
        var name = Values.requireArray(data).path(0);
        if (!name.isString() && !name.isNumber()) {
            throw new MalformedMessageException("an event without a name");
        }
        return arguments(data, limits);
    }

    /** Returns a reply with one value, or with none where there is none. */
    static Arguments reply(JsonNode value, MessageLimits limits) {
        var array = Values.array();
        if (!value.isMissingNode()) {
            array.add(value);
        }
        return arguments(array, limits);
    }

    private static Arguments arguments(JsonNode array, MessageLimits limits) {
        var attachments = new ArrayList<byte[]>(0);
        var json = Values.hasBinary(array) ? withPlaceholders(array, attachments) : array;
        if (attachments.size() > limits.maxAttachments()) {
            throw new MalformedMessageException("too many attachments");
        }
        try {
            return new Arguments(Values.jsonText(json), attachments);
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("placeholders beside attachments");
        }
    }

    private static JsonNode withPlaceholders(JsonNode node, List<byte[]> attachments) {
        if (node.isBinary()) {
            ObjectNode placeholder = Values.object();
            placeholder.put(PLACEHOLDER, true).put("num", attachments.size());
            attachments.add(node.binaryValue());
            return placeholder;
        }
        if (node.isArray()) {
            var array = Values.array();
            node.forEach(child -> array.add(withPlaceholders(child, attachments)));
            return array;
        }
        if (node.isObject()) {
            var object = Values.object();
            for (var property : node.properties()) {
                object.set(property.getKey(), withPlaceholders(property.getValue(), attachments));
            }
            return object;
        }
        return node;
    }
}
