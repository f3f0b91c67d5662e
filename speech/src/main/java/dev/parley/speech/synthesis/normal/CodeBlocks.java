package dev.parley.speech.synthesis.normal;

/** Finds blocks of code between fences, {@code ```} or {@code ~~~}, which are shown and not read aloud. Stateless. */
public final class CodeBlocks {

    private static final String SAID = "Here is the code.";
    private static final int FENCE = 3;
    /** Maximum length of code that is read as words although it has fences, in characters. */
    private static final int MAX_INLINE = 30;

    private CodeBlocks() {}

    /** Returns whether a text contains a block of code. */
    public static boolean in(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (end(text, i) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the index after the block of code that begins at an index, or -1. A block without an end extends to the end of the text. */
    public static int end(String text, int at) {
        char c = text.charAt(at);
        if ((c != '`' && c != '~') || (at > 0 && !Character.isWhitespace(text.charAt(at - 1)))) {
            return -1;
        }
        int from = afterRun(text, at, c);
        if (from - at < FENCE) {
            return -1;
        }
        int close = text.indexOf(text.substring(at, from), from);
        if (close < 0) {
            return text.length();
        }
        var inside = text.substring(from, close);
        return inside.length() <= MAX_INLINE && inside.indexOf('\n') < 0 ? -1 : afterRun(text, close, c);
    }

    /** Replaces the first block by a sentence if it begins the text or a line, and drops the others. */
    static String named(String text) {
        if (text.indexOf("```") < 0 && text.indexOf("~~~") < 0) {
            return text;
        }
        var named = new StringBuilder();
        boolean said = false;
        for (int i = 0; i < text.length(); i++) {
            int end = end(text, i);
            if (end < 0) {
                named.append(text.charAt(i));
                continue;
            }
            boolean first = !said && (named.isEmpty() || named.charAt(named.length() - 1) == '\n');
            if (first && hasCode(text.substring(i, end))) {
                named.append(SAID);
                said = true;
            }
            i = end - 1;
        }
        return named.toString();
    }

    /** Returns whether more than the name of a language follows the fence. */
    private static boolean hasCode(String block) {
        return block.strip().split("\\s+", 3).length > (block.strip().endsWith(block.substring(0, FENCE)) ? 2
                : 1);
    }

    private static int afterRun(String text, int at, char c) {
        int end = at;
        while (end < text.length() && text.charAt(end) == c) {
            end++;
        }
        return end;
    }
}
