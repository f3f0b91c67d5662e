package dev.parley.talk;

import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a server says went wrong, as one line. */
final class ServerError {
    private static final int MAX_LENGTH = 300;

    private ServerError() {}

    /** Reads an {@code error} event, of which the contract knows several shapes. */
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

    /** With a full stop, unless it has an end already. */
    static String ended(String sentence) {
        return sentence.matches("(?s).*[.?!]") ? sentence : sentence + ".";
    }
}
