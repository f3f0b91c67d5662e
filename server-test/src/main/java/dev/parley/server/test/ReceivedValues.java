package dev.parley.server.test;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The arguments that a client received: those of an acknowledgement, or of an event without its name. Index 0 is the first argument.
 * Immutable, except that {@link #bytes} and {@link #json} return no copies. Safe from any thread.
 */
public sealed class ReceivedValues permits ReceivedEvent {
    private final ValueCodec codec;
    private final List<JsonNode> values;

    ReceivedValues(ValueCodec codec, List<JsonNode> values) {
        this.codec = codec;
        this.values = List.copyOf(values);
    }

    /** The number of arguments. */
    public int size() {
        return values.size();
    }

    /** An argument as a tree, with attachments as binary nodes; a missing node when there is no such argument. */
    public JsonNode json(int index) {
        return index >= 0 && index < values.size() ? values.get(index) : MissingNode.getInstance();
    }

    /**
     * The text of a string argument.
     *
     * @throws AssertionError when there is no such argument, or it is not a string
     */
    public String text(int index) {
        var node = required(index);
        if (!node.isString()) {
            throw new AssertionError("Argument " + index + " is not a string: " + this);
        }
        return node.stringValue();
    }

    /**
     * The bytes of an argument that is an attachment, not copied.
     *
     * @throws AssertionError when there is no such argument, or it is not an attachment
     */
    public byte[] bytes(int index) {
        var node = required(index);
        if (!node.isBinary()) {
            throw new AssertionError("Argument " + index + " has no bytes: " + this);
        }
        return node.binaryValue();
    }

    /**
     * An argument as a value of a class that Jackson, or the mapper of the server's options, can build.
     *
     * @throws AssertionError when there is no such argument, or it does not fit
     */
    public <T> T as(int index, Class<T> type) {
        var node = required(index);
        try {
            return codec.mapper().treeToValue(node, type);
        } catch (JacksonException e) {
            throw new AssertionError("Argument " + index + " is no " + type.getSimpleName() + ": " + this, e);
        }
    }

    /**
     * An argument as a value of a generic type, as {@code new TypeReference<List<Move>>() {}}.
     *
     * @throws AssertionError when there is no such argument, or it does not fit
     */
    public <T> T as(int index, TypeReference<T> type) {
        var node = required(index);
        try {
            return codec.mapper().treeToValue(node, type);
        } catch (JacksonException e) {
            throw new AssertionError(
                    "Argument " + index + " is no " + type.getType().getTypeName() + ": " + this, e);
        }
    }

    List<JsonNode> values() {
        return values;
    }

    private JsonNode required(int index) {
        var node = json(index);
        if (node.isMissingNode()) {
            throw new AssertionError("There is no argument " + index + ": " + this);
        }
        return node;
    }

    /** The arguments as JSON, attachments as base64, for messages of failed tests. */
    @Override
    public String toString() {
        return values.toString();
    }
}
