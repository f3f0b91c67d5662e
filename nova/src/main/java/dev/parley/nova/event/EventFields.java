package dev.parley.nova.event;

import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The fields of one event, read token by token into a flat table. {@code {"event":{"textOutput":{"role":"USER"}}}} has the name
 * {@code textOutput} and the field {@code role}; the names of deeper fields have dots, and numbers for elements of arrays.
 */
final class EventFields {

    private static final int MAX_CHARS = 8_000_000;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxDocumentLength(MAX_CHARS)
                    .maxStringLength(MAX_CHARS)
                    .maxTokenCount(10_000)
                    .build())
            .build();

    private final String name;
    private final Map<String, String> values;

    private EventFields(String name, Map<String, String> values) {
        this.name = name;
        this.values = values;
    }

    /** @throws MalformedEventException if the bytes are not one event */
    static EventFields read(byte[] json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || !"event".equals(parser.nextName())
                    || parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEventException("an event is an object with one member, event");
            }
            String name = parser.nextName();
            if (name == null || parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedEventException("an event has one member, an object that names its kind");
            }
            var values = new HashMap<String, String>();
            object(parser, "", values);
            boolean kindEnds = parser.nextToken() == JsonToken.END_OBJECT;
            boolean envelopeEnds = kindEnds && parser.nextToken() == JsonToken.END_OBJECT;
            if (!envelopeEnds || parser.nextToken() != null) {
                throw new MalformedEventException("more than one event in a message");
            }
            return new EventFields(name, values);
        } catch (JacksonException _broken) {
            throw new MalformedEventException("an event that is not JSON"); // its text may be speech
        }
    }

    private static void object(JsonParser parser, String prefix, Map<String, String> values) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            value(parser, parser.nextToken(), prefix + name, values);
        }
    }

    private static void value(JsonParser parser, JsonToken token, String path, Map<String, String> values) {
        switch (token) {
            case START_OBJECT -> {
                values.put(path, "{}");
                object(parser, path + '.', values);
            }
            case START_ARRAY -> {
                int index = 0;
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser
                        .nextToken()) {
                    value(parser, next, path + '.' + index++, values);
                }
            }
            case VALUE_NULL -> {}
            default -> values.put(path, parser.getString());
        }
    }

    String name() {
        return name;
    }

    boolean has(String field) {
        return values.containsKey(field);
    }

    /** @throws MalformedEventException if there is none */
    String text(String field) {
        String value = values.get(field);
        if (value == null) {
            throw new MalformedEventException(name + " without " + field);
        }
        return value;
    }

    String text(String field, String otherwise) {
        return values.getOrDefault(field, otherwise);
    }

    int number(String field, int otherwise) {
        String value = values.get(field);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException _text) {
            throw new MalformedEventException(name + " whose " + field + " is not a whole number");
        }
    }

    double fraction(String field, double otherwise) {
        String value = values.get(field);
        try {
            return value == null ? otherwise : Double.parseDouble(value);
        } catch (NumberFormatException _text) {
            throw new MalformedEventException(name + " whose " + field + " is not a number");
        }
    }

    boolean yes(String field) {
        return Boolean.parseBoolean(values.get(field));
    }

    byte[] bytes(String field) {
        try {
            return Base64.getDecoder().decode(text(field));
        } catch (IllegalArgumentException _text) {
            throw new MalformedEventException(name + " whose " + field + " is not base64");
        }
    }

    <E extends Enum<E>> E one(String field, Class<E> kinds) {
        return oneOf(field, kinds).orElseThrow(
                () -> new MalformedEventException(name + " whose " + field + " is not one that is known"));
    }

    <E extends Enum<E>> Optional<E> oneOf(String field, Class<E> kinds) {
        try {
            return Optional.of(Enum.valueOf(kinds, text(field, "").toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException _unknown) {
            return Optional.empty();
        }
    }
}
