package dev.parley.server;

import dev.parley.protocol.engine.PlainText;
import dev.parley.protocol.socket.Arguments;

/** Puts another name before the arguments of an event, whose JSON stays as it is: nothing is parsed. Stateless; any thread. */
final class Renaming {
    private Renaming() {}

    /**
     * An event under another name.
     *
     * @throws IllegalArgumentException when clients use the name for events of their own
     */
    static Arguments of(Arguments event, String name) {
        Json.checkName(name);
        if (event.name().equals(name)) {
            return event;
        }
        var text = event.plainText();
        if (text.isPresent() && PlainText.is(name)) {
            return Arguments.plain(name, text.get());
        }
        String json = event.json();
        return Arguments.ofChecked("[" + Json.quoted(name) + json.substring(nameEnd(json)),
                event.attachments());
    }

    /**
     * An event of arguments that have no name yet.
     *
     * @throws IllegalArgumentException when clients use the name for events of their own
     */
    static Arguments named(String name, Arguments values) {
        Json.checkName(name);
        String tail = values.json().strip().substring(1).strip();
        return Arguments.ofChecked("[" + Json.quoted(name) + (tail.equals("]") ? "" : ",") + tail,
                values.attachments());
    }

    /** The index behind the first element of an array, which is a string or a number, as the decoder has checked. */
    private static int nameEnd(String json) {
        int at = json.indexOf('[') + 1;
        while (isSpace(json.charAt(at))) {
            at++;
        }
        if (json.charAt(at) != '"') {
            while (json.charAt(at) != ',' && json.charAt(at) != ']' && !isSpace(json.charAt(at))) {
                at++;
            }
            return at;
        }
        for (at++; json.charAt(at) != '"'; at++) {
            if (json.charAt(at) == '\\') {
                at++; // What an escape stands for is no end of the string.
            }
        }
        return at + 1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
