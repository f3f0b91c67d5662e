package dev.parley.server;

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
 * Raw arguments and, once somebody asks for more than a flat string, their tree. Told at each question what reads the JSON, since there is
 * one of these for every event and it is to stay small.
 */
final class ParsedArguments {
    private final Arguments arguments;
    private final int offset;
    private @Nullable ArrayNode tree;

    /** @param offset how many elements stand before the first argument: 1 where the name does */
    ParsedArguments(Arguments arguments, int offset) {
        this.arguments = arguments;
        this.offset = offset;
    }

    Arguments arguments() {
        return arguments;
    }

    int size(Json json) {
        return Math.max(0, tree(json).size() - offset);
    }

    String text(Json json, int index) {
        String flat = index == 0 ? flatText() : null;
        if (flat != null) {
            return flat;
        }
        var node = json(json, index);
        if (!node.isString()) {
            throw node.isMissingNode() ? ArgumentTypeException.missing(place(index), "String")
                    : ArgumentTypeException.of(place(index), "", "String", "");
        }
        return node.stringValue();
    }

    JsonNode json(Json json, int index) {
        return index < 0 || index >= size(json) ? MissingNode.getInstance() : tree(json).get(index + offset);
    }

    Optional<byte[]> bytes(Json json, int index) {
        if (index == 0 && offset == 1 && tree == null) {
            var only = arguments.onlyAttachment();
            if (only.isPresent()) {
                return only;
            }
        }
        var node = json(json, index);
        return node.isBinary() ? Optional.of(node.binaryValue()) : Optional.empty();
    }

    <T> T as(Json json, int index, Class<T> type) {
        return Conversion.value(json, present(json, index, type), type, () -> place(index));
    }

    <T> T as(Json json, int index, TypeReference<T> type) {
        return Conversion.value(json, present(json, index, type.getType()), type, () -> place(index));
    }

    /** {@link #as(Json, int, Class)}, null for JSON's {@code null}. */
    @Nullable Object orNull(Json json, int index, Type type) {
        return Conversion.orNull(json, present(json, index, type), type, () -> place(index));
    }

    private JsonNode present(Json json, int index, Type type) {
        var node = json(json, index);
        if (node.isMissingNode()) {
            throw ArgumentTypeException.missing(place(index), Conversion.name(json.type(type)));
        }
        return node;
    }

    /** Names an argument in messages. */
    private String place(int index) {
        return place() + ", argument " + index;
    }

    /** Names the event, or that it is a reply. */
    String place() {
        return offset == 0 ? "reply" : "event \"" + LogText.of(arguments.name()) + "\"";
    }

    List<@Nullable Object> all(Json json) {
        return PlainValues.of(tree(json), offset);
    }

    /** The argument of {@code ["name","text"]} when nothing in it is escaped, which is what an audio event looks like: no parse. */
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

    private ArrayNode tree(Json json) {
        var parsed = tree;
        if (parsed == null) {
            try {
                parsed = json.tree(arguments);
            } catch (JacksonException e) {
                // The application's mapper may be stricter than the decoder was. Its message would quote what the client sent.
                throw ArgumentTypeException.unreadable(place());
            }
            tree = parsed;
        }
        return parsed;
    }
}
