package dev.parley.server.internal.json;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Reply;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** A received acknowledgement, whose arguments are parsed when they are read. */
public final class IncomingReply implements Reply {
    private final ParsedArguments parsed;
    private final JsonCodec json;

    public IncomingReply(Arguments arguments, JsonCodec json) {
        this.json = json;
        this.parsed = new ParsedArguments(arguments, 0);
    }

    @Override
    public Arguments arguments() {
        return parsed.arguments();
    }

    @Override
    public int size() {
        return parsed.size(json);
    }

    @Override
    public String text(int index) {
        return parsed.text(json, index);
    }

    @Override
    public JsonNode json(int index) {
        return parsed.json(json, index);
    }

    @Override
    public Optional<byte[]> bytes(int index) {
        return parsed.bytes(json, index);
    }

    @Override
    public <T> T as(int index, Class<T> type) {
        return parsed.as(json, index, type);
    }

    @Override
    public <T> T as(int index, TypeReference<T> type) {
        return parsed.as(json, index, type);
    }

    @Override
    public List<@Nullable Object> all() {
        return parsed.all(json);
    }

    @Override
    public <T extends Record> T bind(Class<T> type) {
        return RecordBinder.bind(parsed, json, type);
    }
}
