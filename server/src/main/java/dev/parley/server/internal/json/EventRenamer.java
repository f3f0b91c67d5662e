package dev.parley.server.internal.json;

import dev.parley.protocol.engine.PlainText;
import dev.parley.protocol.socket.Arguments;

/** Replaces the name of an event without parsing its arguments. Stateless; any thread. */
public final class EventRenamer {
    private EventRenamer() {}

    /**
     * Returns an event under another name.
     *
     * @throws IllegalArgumentException when clients use the name for events of their own
     */
    public static Arguments of(Arguments event, String name) {
        JsonCodec.checkName(name);
        if (event.name().equals(name)) {
            return event;
        }
        var text = event.plainText();
        if (text.isPresent() && PlainText.is(name)) {
            return Arguments.plain(name, text.get());
        }
        String json = event.json();
        return Arguments.ofChecked("[" + JsonCodec.quoted(name) + json.substring(nameEnd(json)),
                event.attachments());
    }

    /**
     * Returns an event of arguments that have no name yet.
     *
     * @throws IllegalArgumentException when clients use the name for events of their own
     */
    public static Arguments named(String name, Arguments values) {
        JsonCodec.checkName(name);
        String tail = values.json().strip().substring(1).strip();
        return Arguments.ofChecked("[" + JsonCodec.quoted(name) + (tail.equals("]") ? "" : ",") + tail,
                values.attachments());
    }

    /** Returns the index behind the first element of an array. The decoder has checked that it is a string or a number. */
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
                at++; // An escaped character does not end the string.
            }
        }
        return at + 1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
