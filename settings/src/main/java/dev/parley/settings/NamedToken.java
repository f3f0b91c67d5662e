package dev.parley.settings;

import java.util.Arrays;
import java.util.List;

/** An access token, and the name of the user who has it. */
public record NamedToken(String name, String token) {

    private static final int MOST = 1_000;
    private static final String NAME = "[A-Za-z0-9._@-]{1,100}";
    private static final String TOKEN = "[!-~&&[^,]]{16,200}";

    /** The description of a valid list. */
    static final String WANTED = "a list like anna=TOKEN,ben=TOKEN with tokens of at least 16 characters";

    /** Reads a list, separated by commas or line breaks; an empty text means none. */
    static List<NamedToken> parse(String text) {
        var list = Arrays.stream(text.split("[,\\r\\n]", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(NamedToken::one)
                .toList();
        if (list.size() > MOST || list.stream().map(NamedToken::token).distinct().count() != list.size()) {
            throw new IllegalArgumentException();
        }
        return list;
    }

    private static NamedToken one(String line) {
        int equals = line.indexOf('=');
        if (equals < 0 || !line.substring(0, equals).matches(NAME)
                || !line.substring(equals + 1).matches(TOKEN)) {
            throw new IllegalArgumentException();
        }
        return new NamedToken(line.substring(0, equals), line.substring(equals + 1));
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "NamedToken[" + name + "]";
    }
}
