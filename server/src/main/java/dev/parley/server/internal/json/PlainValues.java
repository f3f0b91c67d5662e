package dev.parley.server.internal.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Converts JSON to plain Java values, without the application's mapper. The decoder has limited the depth. Stateless; any thread. */
final class PlainValues {
    private PlainValues() {}

    /** Returns an unmodifiable list of the elements from an index on. */
    static List<@Nullable Object> of(JsonNode array, int from) {
        var values = new ArrayList<@Nullable Object>(Math.max(0, array.size() - from));
        for (int i = from; i < array.size(); i++) {
            values.add(of(array.get(i)));
        }
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> of(node, 0);
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                node.properties().forEach(property -> map.put(property.getKey(), of(property.getValue())));
                yield Collections.unmodifiableMap(map);
            }
            case STRING -> node.stringValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case BINARY -> node.binaryValue();
            case NULL, MISSING, POJO -> null;
        };
    }
}
