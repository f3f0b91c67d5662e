package dev.parley.nova.event;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the parts that the events of both directions share. Stateless. */
final class EventWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private EventWriter() {}

    /** Returns {@code {"event":{"<name>":{…}}}} with the members that {@code body} writes. */
    static byte[] event(String name, Consumer<JsonGenerator> body) {
        var out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("event");
            json.writeObjectPropertyStart(name);
            body.accept(json);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static void object(JsonGenerator json, String name, Consumer<JsonGenerator> body) {
        json.writeObjectPropertyStart(name);
        body.accept(json);
        json.writeEndObject();
    }
}
