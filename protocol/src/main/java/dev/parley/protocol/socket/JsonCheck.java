package dev.parley.protocol.socket;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.Surrogates;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Checks a peer's JSON without building a tree: its type, its depth, and that each placeholder has its attachment. Stateless; safe from
 * any thread.
 */
final class JsonCheck {
    // The depth is counted here, since it is an option; the parser keeps only its limits for numbers.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonCheck() {}

    /** Checks an array and that each placeholder has its attachment; without attachments, placeholders are plain data. */
    static void array(String json, int maxDepth, int attachments) {
        if (attachments == 0 && maxDepth > 0 && isNameAndText(json)) {
            return;
        }
        walk(json, maxDepth, attachments, JsonToken.START_ARRAY, JsonToken.START_ARRAY);
    }

    /** Returns whether this is the most common event, {@code ["name","text"]} without escapes; takes a third of a parser's time. */
    private static boolean isNameAndText(String json) {
        int last = json.length() - 1;
        if (last < 6 || json.charAt(last) != ']' || !json.startsWith("[\"")) {
            return false;
        }
        int nameEnd = json.indexOf('"', 2);
        if (nameEnd < 0 || !json.startsWith("\",\"", nameEnd) || json.indexOf('"', nameEnd + 3) != last - 1) {
            return false;
        }
        for (int at = 0; at < last; at++) {
            char c = json.charAt(at);
            if (c < ' ' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    static void object(String json, int maxDepth) {
        walk(json, maxDepth, 0, JsonToken.START_OBJECT, JsonToken.START_OBJECT);
    }

    static void objectOrString(String json, int maxDepth) {
        walk(json, maxDepth, 0, JsonToken.START_OBJECT, JsonToken.VALUE_STRING);
    }

    /** Returns whether a checked array begins with a string or a number. */
    static boolean startsWithName(String array) {
        if (array.startsWith("[\"")) {
            return true;
        }
        try (var parser = JSON.createParser(ObjectReadContext.empty(), Surrogates.unescaped(array))) {
            parser.nextToken();
            return isName(parser.nextToken());
        }
    }

    /** Returns the first element of a checked array if it is a string or a number, else an empty text. */
    static String firstScalar(String array) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), Surrogates.unescaped(array))) {
            parser.nextToken();
            return isName(parser.nextToken()) ? parser.getString() : "";
        } catch (JacksonException e) {
            return "";
        }
    }

    private static boolean isName(JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT
                || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    private static void walk(String json, int maxDepth, int attachments, JsonToken kind,
            JsonToken otherKind) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), Surrogates.unescaped(json))) {
            var first = parser.nextToken();
            if (first == null || (first != kind && first != otherKind)) {
                throw new MalformedPacketException("not the kind of JSON expected");
            }
            values(parser, first, maxDepth, attachments);
            if (parser.nextToken() != null) {
                throw new MalformedPacketException("something after the JSON");
            }
        } catch (JacksonException e) {
            throw new MalformedPacketException("not JSON");
        }
    }

    private static void values(JsonParser parser, JsonToken first, int maxDepth, int attachments) {
        int depth = 0;
        var token = first;
        var placeholders = attachments > 0 ? new Placeholders(attachments) : null;
        do {
            if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
                if (++depth > maxDepth) {
                    throw new MalformedPacketException("JSON nested too deeply");
                }
            } else if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
                depth--;
            }
            if (placeholders != null) {
                placeholders.see(parser, token);
            } else if (token == JsonToken.VALUE_STRING) {
                parser.finishToken();
            }
            if (depth > 0) {
                token = parser.nextToken();
                if (token == null) {
                    throw new MalformedPacketException("JSON ends early");
                }
            }
        } while (depth > 0);
        if (first == JsonToken.VALUE_STRING) {
            parser.finishToken();
        }
    }

    /** Finds {@code {"_placeholder":true,"num":0}} among the open objects; the last of repeated names counts. */
    private static final class Placeholders {
        private final int attachments;
        private final Deque<Seen> open = new ArrayDeque<>(4);

        Placeholders(int attachments) {
            this.attachments = attachments;
        }

        void see(JsonParser parser, JsonToken token) {
            switch (token) {
                case START_OBJECT -> open.push(new Seen());
                case END_OBJECT -> open.pop().check(attachments);
                case PROPERTY_NAME -> {
                    if ("_placeholder".equals(parser.currentName())) {
                        open.getFirst().marked = false;
                    } else if ("num".equals(parser.currentName())) {
                        open.getFirst().number = -1;
                    }
                }
                case VALUE_TRUE -> {
                    if ("_placeholder".equals(parser.currentName())) {
                        open.getFirst().marked = true;
                    }
                }
                case VALUE_NUMBER_INT -> {
                    if ("num".equals(parser.currentName())
                            && parser.getNumberType() == JsonParser.NumberType.INT) {
                        open.getFirst().number = parser.getIntValue();
                    }
                }
                case VALUE_STRING -> parser.finishToken();
                default -> {}
            }
        }
    }

    private static final class Seen {
        private boolean marked;
        private int number = -1;

        void check(int attachments) {
            if (marked && (number < 0 || number >= attachments)) {
                throw new MalformedPacketException("a placeholder without an attachment");
            }
        }
    }
}
