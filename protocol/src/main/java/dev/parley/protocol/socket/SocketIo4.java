package dev.parley.protocol.socket;

import dev.parley.protocol.MalformedPacketException;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * Translates the packets of Socket.IO 4, which clients 2.x speak, when a namespace is joined: credentials are a query after the
 * namespace's name, and a connect error is a bare value. Stateless; safe from any thread.
 */
final class SocketIo4 {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_FIELDS = 64;

    private SocketIo4() {}

    /** Returns the packet as in revision 5, with the query as a JSON object of credentials. */
    static SocketPacket.Connect connect(SocketPacket.Connect packet) {
        int mark = packet.namespace().indexOf('?');
        if (mark < 0) {
            return new SocketPacket.Connect(packet.namespace(), null);
        }
        return new SocketPacket.Connect(packet.namespace().substring(0, mark),
                credentials(packet.namespace().substring(mark + 1)));
    }

    private static @Nullable String credentials(String query) {
        var fields = new LinkedHashMap<String, String>();
        for (String field : query.split("&", MAX_FIELDS)) {
            int equals = field.indexOf('=');
            if (!field.isEmpty()) {
                fields.putIfAbsent(decoded(equals < 0 ? field : field.substring(0, equals)),
                        equals < 0 ? "" : decoded(field.substring(equals + 1)));
            }
        }
        if (fields.isEmpty()) {
            return null;
        }
        var json = new StringBuilder("{");
        fields.forEach((name, value) -> {
            json.append(json.length() > 1 ? "," : "");
            quoted(json, name).append(':');
            quoted(json, value);
        });
        return json.append('}').toString();
    }

    /** Returns the value that revision 4 sends for {@code {"message":…,"data":…}}: the data if any, else the message. */
    static String refusal(String json) {
        String message = json;
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return json;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                String value = copy(parser);
                if (name.equals("data")) {
                    return value;
                }
                if (name.equals("message")) {
                    message = value;
                }
            }
            return message;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a refusal that is not JSON", e);
        }
    }

    private static String copy(JsonParser parser) {
        var value = new StringWriter();
        try (var generator = JSON.createGenerator(ObjectWriteContext.empty(), value)) {
            generator.copyCurrentStructure(parser);
        }
        return value.toString();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedPacketException("a query that cannot be decoded");
        }
    }

    private static StringBuilder quoted(StringBuilder json, String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"');
    }
}
