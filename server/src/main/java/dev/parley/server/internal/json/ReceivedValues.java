package dev.parley.server.internal.json;

import dev.parley.protocol.socket.Arguments;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Received values that are parsed when they are read: those of an event after its name, or all of an acknowledgement. */
abstract class ReceivedValues {
    private final ParsedArguments parsed;
    private final JsonCodec json;

    /**
     * Keeps values unparsed.
     *
     * @param first index of the first value; 1 for an event, whose name is at 0
     */
    ReceivedValues(Arguments arguments, int first, JsonCodec json) {
        this.json = json;
        this.parsed = new ParsedArguments(arguments, first);
    }

    final JsonCodec codec() {
        return json;
    }

    public Arguments arguments() {
        return parsed.arguments();
    }

    public int size() {
        return parsed.size(json);
    }

    public String text(int index) {
        return parsed.text(json, index);
    }

    public JsonNode json(int index) {
        return parsed.json(json, index);
    }

    public Optional<byte[]> bytes(int index) {
        return parsed.bytes(json, index);
    }

    public <T> T as(int index, Class<T> type) {
        return parsed.as(json, index, type);
    }

    public <T> T as(int index, TypeReference<T> type) {
        return parsed.as(json, index, type);
    }

    public List<@Nullable Object> all() {
        return parsed.all(json);
    }

    public <T extends Record> T bind(Class<T> type) {
        return RecordBinder.bind(parsed, json, type);
    }
}
