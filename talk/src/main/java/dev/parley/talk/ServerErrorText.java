package dev.parley.talk;

import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Formats error messages of a server as one line. */
final class ServerErrorText {
    private static final int MAX_LENGTH = 300;

    private ServerErrorText() {}

    /** Returns the message of an {@code error} event, which has several formats. */
    static String read(JsonNode data) {
        String kind = data.path("type").asString(data.path("source").asString(""));
        String message = data.path("message").asString("");
        String details = data.path("details").isString() ? data.path("details").asString("") : "";
        String all = String.join(": ",
                Stream.of(kind, message, details).filter(part -> !part.isBlank()).toList());
        return brief(all.isEmpty() ? "an error without a message" : all);
    }

    static String brief(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
    }

    /** Returns the sentence with a full stop, unless it has one. */
    static String ended(String sentence) {
        return sentence.matches("(?s).*[.?!]") ? sentence : sentence + ".";
    }
}
