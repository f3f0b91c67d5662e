package dev.parley.server.internal.json;

import dev.parley.protocol.socket.Arguments;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The raw arguments of an event and, once more than a flat string is read, their tree. Each method takes the codec as a parameter: there is
 * one object for each event, which must stay small.
 */
final class ParsedArguments {
    private final Arguments arguments;
    private final int offset;
    private @Nullable ArrayNode tree;

    /**
     * Creates the arguments of an event or acknowledgement.
     *
     * @param offset index of the first argument: 1 after an event's name, otherwise 0
     */
    ParsedArguments(Arguments arguments, int offset) {
        this.arguments = arguments;
        this.offset = offset;
    }

    Arguments arguments() {
        return arguments;
    }

    int size(JsonCodec json) {
        return Math.max(0, tree(json).size() - offset);
    }

    String text(JsonCodec json, int index) {
        String flat = index == 0 ? flatText() : null;
        if (flat != null) {
            return flat;
        }
        var node = json(json, index);
        if (!node.isString()) {
            throw node.isMissingNode() ? ArgumentErrors.missing(place(index), "String")
                    : ArgumentErrors.of(place(index), "", "String", "");
        }
        return node.stringValue();
    }

    JsonNode json(JsonCodec json, int index) {
        return index < 0 || index >= size(json) ? MissingNode.getInstance() : tree(json).get(index + offset);
    }

    Optional<byte[]> bytes(JsonCodec json, int index) {
        if (index == 0 && offset == 1 && tree == null) {
            var only = arguments.onlyAttachment();
            if (only.isPresent()) {
                return only;
            }
        }
        var node = json(json, index);
        return node.isBinary() ? Optional.of(node.binaryValue()) : Optional.empty();
    }

    <T> T as(JsonCodec json, int index, Class<T> type) {
        return ArgumentConverter.value(json, present(json, index, type), type, () -> place(index));
    }

    <T> T as(JsonCodec json, int index, TypeReference<T> type) {
        return ArgumentConverter.value(json, present(json, index, type.getType()), type, () -> place(index));
    }

    /** {@link #as(JsonCodec, int, Class)}, null for JSON's {@code null}. */
    @Nullable Object orNull(JsonCodec json, int index, Type type) {
        return ArgumentConverter.orNull(json, present(json, index, type), type, () -> place(index));
    }

    private JsonNode present(JsonCodec json, int index, Type type) {
        var node = json(json, index);
        if (node.isMissingNode()) {
            throw ArgumentErrors.missing(place(index), ArgumentConverter.name(json.type(type)));
        }
        return node;
    }

    /** Returns the name of an argument for messages. */
    private String place(int index) {
        return place() + ", argument " + index;
    }

    /** Returns the name of the event for messages, or that it is a reply. */
    String place() {
        return offset == 0 ? "reply" : "event \"" + LogText.of(arguments.name()) + "\"";
    }

    List<@Nullable Object> all(JsonCodec json) {
        return PlainValues.of(tree(json), offset);
    }

    /** Returns the argument of {@code ["name","text"]} when nothing in it is escaped, without parsing. Audio events are of this form. */
    private @Nullable String flatText() {
        if (offset != 1 || tree != null) {
            return null;
        }
        var plain = arguments.plainText();
        return plain.isPresent() ? plain.get() : flatText(arguments.json());
    }

    private static @Nullable String flatText(String json) {
        if (!json.startsWith("[\"") || !json.endsWith("\"]")) {
            return null;
        }
        int nameEnd = json.indexOf('"', 2);
        int start = nameEnd + 3;
        int end = json.length() - 2;
        if (start > end || json.charAt(nameEnd + 1) != ',' || json.charAt(nameEnd + 2) != '"') {
            return null;
        }
        return json.indexOf('"', start) == end && json.indexOf('\\') < 0 ? json.substring(start, end) : null;
    }

    private ArrayNode tree(JsonCodec json) {
        var parsed = tree;
        if (parsed == null) {
            try {
                parsed = json.tree(arguments);
            } catch (JacksonException e) {
                // The application's mapper may be stricter than the decoder. Its message would quote the client's data.
                throw ArgumentErrors.unreadable(place());
            }
            tree = parsed;
        }
        return parsed;
    }
}
