package dev.parley.speech.synthesis.normal;

import java.util.Map;

/** Emoji: dropped beside words, named where a text has nothing else. Stateless. */
public final class Emoji {

    private static final int MAX_NAMED = 3;
    private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(0x1F44D, "thumbs up"),
            Map.entry(0x1F44E, "thumbs down"), Map.entry(0x2764, "heart"), Map.entry(0x1F600, "smile"),
            Map.entry(0x1F642, "smile"), Map.entry(0x1F60A, "smile"), Map.entry(0x1F603, "smile"),
            Map.entry(0x1F604, "smile"), Map.entry(0x1F602, "laughing"), Map.entry(0x1F923, "laughing"),
            Map.entry(0x1F622, "sad face"), Map.entry(0x1F641, "sad face"), Map.entry(0x1F62D, "crying"),
            Map.entry(0x1F64F, "thank you"), Map.entry(0x1F44F, "applause"), Map.entry(0x1F389, "party"),
            Map.entry(0x2705, "done"), Map.entry(0x2714, "done"), Map.entry(0x274C, "no"),
            Map.entry(0x1F44B, "wave"), Map.entry(0x1F525, "fire"), Map.entry(0x2B50, "star"),
            Map.entry(0x1F914, "thinking"), Map.entry(0x1F609, "wink"), Map.entry(0x1F44C, "okay"),
            Map.entry(0x26A0, "warning"), Map.entry(0x2600, "sun"), Map.entry(0x1F327, "rain"),
            Map.entry(0x2B05, "left"), Map.entry(0x27A1, "right"));

    private Emoji() {}

    /** Returns whether a character is an emoji, or a sign that only joins or colours one. */
    public static boolean is(int c) {
        return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF && c != 0x2713 && c != 0x2717)
                || (c >= 0x2B00 && c <= 0x2BFF) || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x20E3
                || c == 0x2139 || (c >= 0xE0020 && c <= 0xE007F);
    }

    /** Returns the text without its emoji; if nothing else is left to say, the names of the first few. */
    static String name(String text) {
        if (text.codePoints().noneMatch(Emoji::is)) {
            return text;
        }
        boolean alone = text.codePoints().noneMatch(Character::isLetterOrDigit);
        var rest = new StringBuilder();
        var named = new StringBuilder();
        int[] count = {0};
        text.codePoints().forEach(c -> {
            if (!is(c)) {
                rest.appendCodePoint(c);
            } else if (c != 0x200D && c != 0x20E3 && (c < 0xFE00 || c > 0xFE0F)) {
                rest.append(' ');
                if (NAMES.containsKey(c) && count[0]++ < MAX_NAMED) {
                    named.append(named.isEmpty() ? "" : ", ").append(NAMES.get(c));
                }
            }
        });
        return alone ? named.toString() : rest.toString();
    }
}
