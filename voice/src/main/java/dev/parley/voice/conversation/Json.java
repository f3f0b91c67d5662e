package dev.parley.voice.conversation;

import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The little JSON the contract needs: quoting for what we write as text, trees for the rare events that we read. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    /** The text as a JSON string, with its quotes. */
    static String quote(String text) {
        var out = new StringBuilder(text.length() + 16).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.append('"').toString();
    }

    /** The argument array of an event, or nothing if it is not a JSON array. */
    static Optional<JsonNode> arguments(String json) {
        return read(json).filter(JsonNode::isArray);
    }

    /** The text again in canonical form if it is a JSON object, else nothing. */
    static Optional<String> object(String json) {
        return read(json).filter(JsonNode::isObject).map(JsonNode::toString);
    }

    private static Optional<JsonNode> read(String json) {
        try {
            return Optional.ofNullable(MAPPER.readTree(json));
        } catch (JacksonException _notJson) {
            return Optional.empty();
        }
    }
}
