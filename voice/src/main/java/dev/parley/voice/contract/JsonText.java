package dev.parley.voice.contract;

import tools.jackson.core.io.JsonStringEncoder;

/** Writes JSON as text, with commas where they belong. Faster than a tree or a generator, since speech passes here. Not thread-safe. */
final class JsonText {

    private final StringBuilder out = new StringBuilder(256);

    JsonText array() {
        comma().out.append('[');
        return this;
    }

    JsonText object() {
        comma().out.append('{');
        return this;
    }

    JsonText object(String name) {
        return name(name).object();
    }

    JsonText close(char bracket) {
        out.append(bracket);
        return this;
    }

    /** Closes the last bracket and returns the text. */
    String end(char bracket) {
        return close(bracket).toString();
    }

    JsonText value(String text) {
        comma().out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
        return this;
    }

    JsonText member(String name, String text) {
        return name(name).value(text);
    }

    JsonText member(String name, long number) {
        name(name).out.append(number);
        return this;
    }

    JsonText member(String name, boolean flag) {
        name(name).out.append(flag);
        return this;
    }

    /** Adds a string that needs no escapes, such as base64. */
    JsonText plain(String name, String text) {
        name(name).out.append('"').append(text).append('"');
        return this;
    }

    /** Adds a value that is JSON already. */
    JsonText raw(String name, String json) {
        name(name).out.append(json);
        return this;
    }

    private JsonText name(String name) {
        comma().out.append('"').append(name).append("\":");
        return this;
    }

    private JsonText comma() {
        char last = out.isEmpty() ? '[' : out.charAt(out.length() - 1);
        if (last != '[' && last != '{' && last != ':') {
            out.append(',');
        }
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
