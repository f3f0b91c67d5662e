package dev.parley.assistant.appointment;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Appointments as JSON. Thread-safe. */
final class CalendarJson {

    /** Maximum size, in bytes. */
    static final long LARGEST = 4_000_000;

    private final JsonMapper json = new JsonMapper();

    /** Reads appointments; an empty text has none. */
    List<Appointment> read(String text) throws IOException {
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.length() > LARGEST) {
            throw new IOException("the calendar is too large");
        }
        try {
            var all = new ArrayList<Appointment>();
            for (var one : json.readTree(text).path("appointments")) {
                all.add(new Appointment(LocalDateTime.parse(one.path("at").asString("")),
                        one.path("name").asString(""), one.path("reason").asString("")));
            }
            return all;
        } catch (JacksonException | DateTimeException broken) {
            throw new IOException("the calendar cannot be read as one");
        }
    }

    String write(List<Appointment> appointments) {
        var root = json.createObjectNode();
        var array = root.putArray("appointments");
        for (var one : appointments) {
            array.addObject()
                    .put("at", one.at().toString())
                    .put("name", one.name())
                    .put("reason", one.reason());
        }
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
