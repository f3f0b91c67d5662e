package dev.parley.cluster.message;

import dev.parley.server.adapter.SocketDescription;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Descriptions of sockets as the adapters of Node.js send them. A handshake of this server has its {@code auth} as text and its {@code time}
 * as an instant; on the wire it has the shape of the reference server's. Stateless; any thread.
 */
final class SocketValues {
    private static final JsonMapper JSON = new JsonMapper();

    private SocketValues() {}

    static JsonNode tree(List<SocketDescription> sockets) {
        var array = Values.array();
        for (SocketDescription socket : sockets) {
            var tree = array.addObject();
            tree.put("id", socket.id());
            tree.set("handshake", sentHandshake(Values.own(socket.handshake())));
            tree.set("rooms", Values.texts(socket.rooms()));
            tree.set("data", data(socket.data()));
        }
        return array;
    }

    /** Returns the data that can be written as JSON or bytes. A value that cannot is left out. */
    static ObjectNode data(Map<String, Object> data) {
        var tree = Values.object();
        data.forEach((name, value) -> {
            try {
                tree.set(name, JSON.valueToTree(value));
            } catch (RuntimeException | StackOverflowError e) {
                tree.remove(name); // also one whose getter throws, or that contains itself
            }
        });
        return tree;
    }

    private static ObjectNode sentHandshake(JsonNode own) {
        var sent = Values.object();
        sent.set("headers", object(own.path("headers")));
        sent.set("time", own.path("time"));
        sent.set("address", own.path("address"));
        sent.put("xdomain", own.path("headers").has("origin"));
        sent.set("secure", own.path("secure"));
        sent.put("issued", instant(own).toEpochMilli());
        sent.set("url", own.path("url"));
        sent.set("query", object(own.path("query")));
        sent.set("auth", auth(own.path("auth").asString("")));
        return sent;
    }

    /** Returns what a client sent as its auth object, empty if it cannot be read: it must not keep other sockets from being described. */
    private static JsonNode auth(String text) {
        try {
            return text.startsWith("{") ? Values.own(text) : Values.object();
        } catch (JacksonException e) {
            return Values.object();
        }
    }

    static List<SocketDescription> read(JsonNode sockets) {
        var read = new ArrayList<SocketDescription>();
        for (JsonNode socket : Values.requireArray(sockets)) {
            Values.requireObject(socket);
            read.add(new SocketDescription(Values.name(socket.path("id")),
                    Values.jsonText(ownHandshake(socket.path("handshake"))),
                    Values.names(socket.path("rooms")), values(socket.path("data"))));
        }
        return read;
    }

    private static ObjectNode ownHandshake(JsonNode sent) {
        var own = Values.object();
        own.set("headers", texts(sent.path("headers")));
        own.set("query", texts(sent.path("query")));
        own.put("address", sent.path("address").asString(""));
        own.put("url", sent.path("url").asString(""));
        own.put("time", instant(sent).toString());
        own.put("secure", sent.path("secure").asBoolean(false));
        var auth = sent.path("auth");
        if (auth.isObject() && !Values.hasBinary(auth)) {
            own.put("auth", Values.jsonText(auth));
        }
        return own;
    }

    private static Instant instant(JsonNode handshake) {
        var issued = handshake.path("issued");
        if (issued.isIntegralNumber() && issued.canConvertToLong()) {
            return Instant.ofEpochMilli(issued.longValue());
        }
        try {
            return DateTimeFormatter.ISO_INSTANT.parse(handshake.path("time").asString(""), Instant::from);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static JsonNode object(JsonNode node) {
        return node.isObject() ? node : Values.object();
    }

    /** Headers and query of Node.js may have several values. */
    private static ObjectNode texts(JsonNode node) {
        var texts = Values.object();
        for (var property : node.properties()) {
            var value = property.getValue();
            if (value.isArray()) {
                var all = new ArrayList<String>();
                value.forEach(one -> all.add(one.asString("")));
                texts.put(property.getKey(), String.join(", ", all));
            } else if (value.isValueNode() && !value.isNull()) {
                texts.put(property.getKey(), value.asString(""));
            }
        }
        return texts;
    }

    static Map<String, Object> values(JsonNode data) {
        var values = new LinkedHashMap<String, Object>();
        for (var property : data.properties()) {
            if (!property.getValue().isNull()) {
                values.put(property.getKey(), JSON.treeToValue(property.getValue(), Object.class));
            }
        }
        return values;
    }
}
