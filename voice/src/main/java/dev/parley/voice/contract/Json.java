package dev.parley.voice.contract;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON as trees, which is enough for the rare commands. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    /** The argument array of an event, or nothing if it is not a JSON array. */
    static Optional<JsonNode> arguments(String json) {
        return read(json).filter(JsonNode::isArray);
    }

    static Optional<JsonNode> read(String json) {
        try {
            return Optional.ofNullable(MAPPER.readTree(json));
        } catch (JacksonException _notJson) {
            return Optional.empty();
        }
    }
}
