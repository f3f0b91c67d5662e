package dev.parley.server.internal.json;

import dev.parley.server.Handshake;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads auth objects with one codec. Safe from any thread. */
public record CredentialsReader(JsonCodec json) implements Handshake.AuthReader {
    @Override
    public JsonNode tree(String auth) {
        return json.tree(auth);
    }

    @Override
    public <T> T read(String auth, Class<T> type) {
        JsonNode tree;
        try {
            tree = json.tree(auth);
        } catch (JacksonException e) {
            throw ArgumentErrors.unreadable("auth");
        }
        return ArgumentConverter.value(json, tree, type, () -> "auth");
    }
}
